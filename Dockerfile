# One image for web, worker and beat; compose picks the command.
FROM python:3.13-slim AS build
WORKDIR /src
RUN python -m venv /opt/digest
COPY requirements.lock ./
RUN /opt/digest/bin/pip install --no-cache-dir --require-hashes -r requirements.lock
COPY pyproject.toml README.md LICENSE NOTICE ./
COPY digest digest
COPY migrations migrations
RUN /opt/digest/bin/pip install --no-cache-dir --no-deps --no-build-isolation .

FROM python:3.13-slim
ENV PATH=/opt/digest/bin:$PATH PYTHONUNBUFFERED=1 DIGEST_HOST=0.0.0.0 DIGEST_DATA_DIR=/var/lib/digest
RUN useradd --system --home-dir /var/lib/digest --create-home digest
COPY --from=build /opt/digest /opt/digest
USER digest
WORKDIR /var/lib/digest
VOLUME /var/lib/digest
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD ["digest", "health"]
CMD ["digest", "web"]

"""The operator's command: parse, call one service, report."""

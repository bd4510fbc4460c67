"""Subscribers: subscribe, confirm, manage, pause, leave, export, erase."""

from digest.subscribers.account import add, erase, everyone, export, find, renew_feed
from digest.subscribers.confirming import Confirmed, confirm
from digest.subscribers.explaining import Explanation, explain
from digest.subscribers.leaving import come_back, unsubscribe
from digest.subscribers.links import LinkUsed, check_link, use_link
from digest.subscribers.managing import (
    LastTopic,
    NothingToUndo,
    drop,
    edit,
    follow,
    pause,
    pause_topic,
    resume,
    resume_due,
    set_schedule,
    undo,
)
from digest.subscribers.moving import OnItsWay, ask_to_move
from digest.subscribers.overview import FollowedTopic, NotSubscribed, Overview, overview
from digest.subscribers.preferences import (
    AlreadyFollowed,
    PreferenceError,
    Preferences,
    TooManyTopics,
    known_zone,
)
from digest.subscribers.subscribing import (
    AddressRefused,
    address_key,
    admit,
    checked_address,
    forget_unconfirmed,
    refuse,
)

__all__ = [
    "AddressRefused",
    "AlreadyFollowed",
    "Confirmed",
    "Explanation",
    "FollowedTopic",
    "LastTopic",
    "LinkUsed",
    "NotSubscribed",
    "NothingToUndo",
    "OnItsWay",
    "Overview",
    "PreferenceError",
    "Preferences",
    "TooManyTopics",
    "add",
    "address_key",
    "admit",
    "ask_to_move",
    "check_link",
    "checked_address",
    "come_back",
    "confirm",
    "drop",
    "edit",
    "erase",
    "everyone",
    "explain",
    "export",
    "find",
    "follow",
    "forget_unconfirmed",
    "known_zone",
    "overview",
    "pause",
    "pause_topic",
    "refuse",
    "renew_feed",
    "resume",
    "resume_due",
    "set_schedule",
    "undo",
    "unsubscribe",
    "use_link",
]

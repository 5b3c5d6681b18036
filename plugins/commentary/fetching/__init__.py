"""The one HTTP client: address guard, time and size limits, charsets."""

from commentary.fetching.client import Fetched, fetch, probe
from commentary.fetching.network import Network

__all__ = ["Fetched", "Network", "fetch", "probe"]

"""The settings of Parallel Remarks: plain values. `publishconf.py` changes what differs when the site is published."""

from jinja2 import StrictUndefined

import commentary

# The site
SITENAME = "Parallel Remarks"
SITEURL = "http://localhost:8000"
AUTHOR = "The editor"
TIMEZONE = "Asia/Seoul"
DEFAULT_LANG = "en"
COMMENTARY_TAGLINE = "News of the Korean peninsula, quoted and remarked on"
COMMENTARY_DESCRIPTION = (
    "A curated commentary on news of the Korean peninsula: each post sets an excerpt and its source beside our remark."
)
COMMENTARY_EMAIL = "editor@parallel-remarks.example"
COMMENTARY_LICENCE = "CC BY 4.0"  # of remarks and metadata; excerpts belong to those who wrote them
COMMENTARY_LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"
COMMENTARY_STARTED = 2025
COMMENTARY_MENU = [
    ("About", "/about/"),
    ("How we quote", "/how-we-quote/"),
    ("Corrections policy", "/corrections-policy/"),
    ("Open data", "/data/"),
    ("Colophon", "/colophon/"),
    ("Security", "/security/"),
]
# Where to report holes, and the day by which this line must be read again: /.well-known/security.txt, RFC 9116.
COMMENTARY_SECURITY = ("mailto:editor@parallel-remarks.example", "2027-06-30")

# Feed ids are made of this name: a host of your own, set before the first publication. From then on it stays as
# it is for ever, wherever the site moves.
COMMENTARY_FEED_HOST = "parallel-remarks.example"

# Beside posts, topics and Atom feeds: all of these, unless it says which. An empty set is the smallest site.
# COMMENTARY_OUTPUTS = {"publications", "stories", "archive", "corrections", "search", "rss", "json", "source-first",
#                       "feed-archives", "receipts", "open-data", "json-ld"}

# Sources: what is fetched, kept and quoted
# COMMENTARY_SNAPSHOTS = ".snapshots"                # copies of sources; never published
# COMMENTARY_ARCHIVE = False                          # `commentary new` asks no web archive for a copy
# COMMENTARY_WAYBACK = "https://web.archive.org"      # the archive that is asked
# COMMENTARY_MAX_SHARE = 0.15                         # of a source's words that a post may quote
# COMMENTARY_ALLOW_LOOPBACK = True                    # fetch pages of this machine, too: for tests and intranets

# Folders, relative to this file
PATH = "content"
OUTPUT_PATH = "output"
THEME = "theme"

# The engine. PLUGINS holds the module itself, because Pelican skips a name that it cannot import.
PLUGINS = [commentary]
PELICAN_CLASS = "commentary.CommentaryPelican"
# COMMENTARY_JOBS = 2                                 # processes of a build; by default one for each core

# Templates escape what they print, and a misspelt name stops the build instead of printing nothing.
JINJA_ENVIRONMENT = {
    "autoescape": True,
    "undefined": StrictUndefined,
    "trim_blocks": True,
    "lstrip_blocks": True,
    "extensions": ["jinja2.ext.i18n"],
}

# What Pelican would write of its own accord. Every file of the site is planned and written by the plugin.
ARTICLE_PATHS: list[str] = []
PAGE_PATHS: list[str] = []
STATIC_PATHS: list[str] = []
THEME_STATIC_PATHS: list[str] = []
DIRECT_TEMPLATES: list[str] = []
AUTHOR_SAVE_AS = ""
CATEGORY_SAVE_AS = ""
TAG_SAVE_AS = ""
FEED_ATOM = None
FEED_RSS = None
FEED_ALL_ATOM = None
FEED_ALL_RSS = None
CATEGORY_FEED_ATOM = None
CATEGORY_FEED_RSS = None
TAG_FEED_ATOM = None
TAG_FEED_RSS = None
AUTHOR_FEED_ATOM = None
AUTHOR_FEED_RSS = None
TRANSLATION_FEED_ATOM = None
TRANSLATION_FEED_RSS = None

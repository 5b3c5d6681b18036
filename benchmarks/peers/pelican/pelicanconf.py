"""Pelican as it comes, told only what to build and where."""

SITENAME = "Parallel Remarks"
SITEURL = "https://remarks.example"
AUTHOR = "The editor"
TIMEZONE = "Asia/Seoul"
DEFAULT_LANG = "en"
PATH = "content"
OUTPUT_PATH = "output"
THEME = "theme"
DELETE_OUTPUT_DIRECTORY = False
USE_FOLDER_AS_CATEGORY = False

ARTICLE_URL = "{date:%Y}/{date:%m}/{date:%d}/{slug}/"
ARTICLE_SAVE_AS = "{date:%Y}/{date:%m}/{date:%d}/{slug}/index.html"
TAG_URL = "topics/{slug}/"
TAG_SAVE_AS = "topics/{slug}/index.html"
TAGS_SAVE_AS = "topics/index.html"
SITEMAP_SAVE_AS = "sitemap.xml"
DIRECT_TEMPLATES = ["index", "tags", "sitemap"]
PAGINATED_TEMPLATES = {"index": 20, "tag": 50}
PAGINATION_PATTERNS = [
    (1, "{base_name}/", "{base_name}/index.html"),
    (2, "{base_name}/page/{number}/", "{base_name}/page/{number}/index.html"),
]
AUTHOR_SAVE_AS = ""
CATEGORY_SAVE_AS = ""

FEED_MAX_ITEMS = 25
FEED_ALL_ATOM = "feed.atom"
TAG_FEED_ATOM = "topics/{slug}/feed.atom"
CATEGORY_FEED_ATOM = None
AUTHOR_FEED_ATOM = None
AUTHOR_FEED_RSS = None
TRANSLATION_FEED_ATOM = None

"""The environment that templates are rendered in: our filters, the interface's words, and hashes of what it does."""

from __future__ import annotations

import hashlib
import sys
from contextlib import suppress
from functools import cache, lru_cache
from inspect import unwrap
from pathlib import Path
from typing import TYPE_CHECKING, Any

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton, format_time
from babel.numbers import format_decimal, format_percent
from jinja2 import Environment, TemplateError, TemplateNotFound, TemplateSyntaxError

from commentary.errors import CorpusError, SettingsError
from commentary.findings import found
from commentary.plan import fingerprint
from commentary.templating.compiled import Compiled
from commentary.templating.folding import folding

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date, datetime

    from commentary.dates import PartialDate
    from commentary.templating.interface import Wording

# The options of Jinja that change what templates print.
_OPTIONS = (
    *("autoescape", "trim_blocks", "lstrip_blocks", "newline_sequence", "keep_trailing_newline", "undefined"),
    *("block_start_string", "block_end_string", "variable_start_string", "variable_end_string"),
    *("comment_start_string", "comment_end_string", "line_statement_prefix", "line_comment_prefix", "finalize"),
)
_KNOWN = ("builtins", "jinja2", "markupsafe", "pelican", "commentary")


def prepare(env: Environment, wording: Wording, constants: Mapping[str, object]) -> Environment:
    """An environment that has our filters and the interface's words, both in the wording's language.

    `constants`: what every page gets by these names, such as the site.
    """
    locale = _locale(wording.lang)
    # English dates without a comma; elsewhere as the language's own long form.
    long = "d MMMM y" if locale.language == "en" else "long"
    env.filters |= {
        "day": lru_cache(4096)(lambda value: format_date(value, long, locale)),
        "month": lru_cache(1024)(lambda value: format_skeleton("yMMMM", value, locale=locale)),
        "year": lambda value: format_skeleton("y", value, locale=locale),
        "clock": lambda value: format_time(value, "HH:mm", locale=locale),
        "partial": lambda value: _partial(value, env.filters),
        "iso": lambda value: value.isoformat(),
        "language": lambda code: _language(code, locale),
        "direction": _direction,
        "number": lambda value: format_decimal(value, locale=locale),
        "percent": lambda value: format_percent(value, "@@%", locale=locale),  # two digits that say something
    }
    env.install_gettext_translations(wording.translations, newstyle=True)  # type: ignore[attr-defined]  # of jinja2.ext.i18n
    return folding(env, constants, wording.translations.gettext)


def _locale(lang: str) -> Locale:
    try:
        return Locale.parse(lang, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale("en")


def _partial(value: PartialDate, filters: Mapping[str, Callable[[date | datetime], str]]) -> str:
    if value.day:
        return filters["day"](value.first)
    return filters["month" if value.month else "year"](value.first)


@cache
def _language(code: str, locale: Locale) -> str:
    try:
        return Locale.parse(code, sep="-").get_display_name(locale) or code
    except (UnknownLocaleError, ValueError):
        return code


@lru_cache(64)
def _direction(code: str | None) -> str:
    return _locale(code).text_direction if code else "ltr"


def closure_key(env: Environment, name: str) -> str:
    """A hash of a template and of all it includes, imports and extends; they are compiled, if they can be.

    CorpusError if one is dynamic, missing, or not of our theme: Pelican would fall back to its own.
    """
    compiled = env.bytecode_cache if isinstance(env.bytecode_cache, Compiled) else Compiled()
    sources: dict[str, str] = {}
    todo = [(name, name)]  # and who refers to it
    while todo:
        name, referrer = todo.pop()
        if name in sources:
            continue
        assert env.loader is not None  # Pelican's environments have one
        try:
            source, path, _ = env.loader.get_source(env, name)
            names = compiled.names(env, name, source, path)
        except TemplateNotFound:
            raise _fault(referrer, 1, f"{name} is not there; write it, or correct the name") from None
        except UnicodeDecodeError:
            raise _fault(name, 1, "is not UTF-8; save it so") from None
        except TemplateSyntaxError as error:
            raise _fault(name, error.lineno, f"{error.message}; correct the template") from error
        if path and "/pelican/themes/" in Path(path).as_posix():
            raise _fault(name, 1, f"{name} is missing, and Pelican's own would take its place; write it")
        sources[name] = hashlib.sha256(source.encode()).hexdigest()
        for reference in names:
            if reference is None:
                raise _fault(name, 1, "includes a template by a computed name; write the name out")
            todo.append((reference, name))
    for name in sources:  # before the build forks, so that no process does it again
        with suppress(TemplateError):  # which is told with the page that it spoils
            env.get_template(name)
    return fingerprint(sources)


def _fault(name: str, line: int, message: str) -> CorpusError:
    return CorpusError([found(f"theme/templates/{name}", line, "template", message)])


def environment_key(env: Environment) -> str:
    """A hash of an environment's options, filters, tests, globals and extensions; the site's own code counts by its files."""
    values = ((name, getattr(env, name)) for name in _OPTIONS)
    options = [(name, getattr(value, "__qualname__", None) or repr(value), _program(value)) for name, value in values]
    given = (env.filters, env.tests, env.globals, env.extensions)
    return fingerprint([options, *(sorted((name, _program(names[name])) for name in names) for names in given)])


def check_environment(raw: Mapping[str, Any]) -> None:
    """SettingsError if no environment for our templates can be made of what Pelican's settings say of Jinja."""
    try:
        env = Environment(**raw["JINJA_ENVIRONMENT"])  # noqa: S701 - see below
        for name, given in (("JINJA_FILTERS", env.filters), ("JINJA_GLOBALS", env.globals), ("JINJA_TESTS", env.tests)):
            given.update(raw[name])
    except Exception as cause:  # extensions are somebody's programs, and may raise anything
        raise SettingsError(f"JINJA_… in the settings cannot be right: {type(cause).__name__}: {cause}") from cause
    if not env.autoescape or "jinja2.ext.InternationalizationExtension" not in env.extensions:
        raise SettingsError(
            "JINJA_ENVIRONMENT must set autoescape to True and name jinja2.ext.i18n among its extensions; "
            "without them texts would be read as HTML, and templates not at all"
        )


def _program(value: Any) -> str:
    """What tells values apart: of a plain one its `repr`, of code its file; nothing of code that `caching.program` covers."""
    home = str(getattr(value, "__module__", type(value).__module__))
    if home.partition(".")[0] in _KNOWN:
        return "" if callable(value) or home != "builtins" else repr(value)
    code = getattr(unwrap(value) if callable(value) else value, "__code__", None)
    file = code.co_filename if code else getattr(sys.modules.get(home), "__file__", None)
    try:
        return hashlib.sha256(Path(file).read_bytes()).hexdigest() if file else repr(value)
    except OSError:  # it was never a file
        return repr(value)

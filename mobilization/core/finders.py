"""Static files out of npm packages: only the files that are named, and of style sheets the classes that are named."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.contrib.staticfiles.utils import matches_patterns
from django.core.files.base import ContentFile, File
from django.core.files.storage import FileSystemStorage

from mobilization.core.trimming import trimmed

PREFIX = "npm"
# Whoever collects static files opens each of them several times, and trimming takes half a second.
_trimmed_once = lru_cache(maxsize=8)(trimmed)


class NpmStorage(FileSystemStorage):
    """Hands out style sheets with the classes of ``settings.NPM_CLASSES`` only; everything else as it is."""

    def open(self, name: str, mode: str = "rb") -> File:
        """Return the file; a style sheet trimmed, if its package is named there."""
        classes = settings.NPM_CLASSES.get(Path(name).parts[0])
        if classes is None or not name.endswith(".css"):
            return super().open(name, mode)
        sheet = Path(self.path(name)).read_text(encoding="utf-8")
        return ContentFile(_trimmed_once(sheet, frozenset(classes)).encode(), name=name)


class NpmFinder(BaseFinder):
    """Serves ``settings.NPM_FILES`` of ``settings.NODE_MODULES`` as ``npm/<package>/<path>``."""

    def check(self, **kwargs) -> list:
        return []

    def find(self, path: str, find_all: bool = False, **kwargs):  # noqa: FBT001, FBT002 -- Django's signature
        """Return the file behind ``path``, or a list of it."""
        found = [str(file) for name, file in self._files() if name == path]
        return found if find_all else next(iter(found), [])

    def list(self, ignore_patterns):
        """Yield each served path with its storage."""
        storage = NpmStorage(location=settings.NODE_MODULES)
        storage.prefix = PREFIX
        for name, _file in self._files():
            path = name.removeprefix(f"{PREFIX}/")
            if not matches_patterns(path, ignore_patterns or []):
                yield path, storage

    def _files(self):
        root = Path(settings.NODE_MODULES)
        for package, patterns in settings.NPM_FILES.items():
            for pattern in patterns:
                for file in sorted((root / package).glob(pattern)):
                    yield f"{PREFIX}/{file.relative_to(root).as_posix()}", file

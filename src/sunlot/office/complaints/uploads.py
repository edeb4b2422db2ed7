"""Files of a report stay in memory until they are encrypted: a temporary file would leave them readable on the disk."""

import io
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from sunlot.office.complaints.images import LARGEST

ROOM = 60 * 2**20  # bytes of all files of one request
TOO_LARGE = b"too large"  # stands for a file that was cut off; no picture begins like this


class InMemory(FileUploadHandler):
    """Keeps files in memory; of one that is too large only a mark, so that the form can say so beside what was typed."""

    def __init__(self, request: HttpRequest | None = None, largest: int = LARGEST) -> None:
        super().__init__(request)
        self.largest, self.total = largest, 0
        self.buffer, self.cut = io.BytesIO(), False

    def new_file(self, *args: Any, **more: Any) -> None:
        """Begin a file."""
        super().new_file(*args, **more)
        self.buffer, self.cut = io.BytesIO(), False

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Take a piece of a file."""
        self.total += len(raw_data)
        if self.total > ROOM:
            self.cut = True
        elif self.buffer.tell() <= self.largest:
            self.buffer.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        """Return the file."""
        data = self.buffer.getvalue()
        if self.cut or len(data) > self.largest:
            data = TOO_LARGE
        name, media = self.file_name or "file", self.content_type or ""
        return InMemoryUploadedFile(io.BytesIO(data), self.field_name, name, media, len(data), self.charset)


def in_memory(largest: int = LARGEST) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Return a decorator for views that take files. The check against forged posts comes after, since it reads the files."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        protected = csrf_protect(view)

        @csrf_exempt
        @wraps(view)
        def wrapped(request: HttpRequest, *args: Any, **more: Any) -> HttpResponse:
            request.upload_handlers = [InMemory(request, largest)]
            answer: HttpResponse = protected(request, *args, **more)
            return answer

        return wrapped

    return decorate

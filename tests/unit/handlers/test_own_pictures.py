"""Files come back as they were kept, by case, in archives of a size that a channel takes."""

from collections.abc import AsyncIterator
from io import BytesIO
from zipfile import ZipFile

import pytest

from domain.model.opinion_picture import as_shown
from domain.model.opinion_voice import voice_shown
from handlers import own_pictures
from handlers.own_pictures import Album, archives_of

CODE = "HC-7K3MQ-9TD4W"


async def albums(*some: Album) -> AsyncIterator[Album]:
    for one in some:
        yield one


async def archives(*some: Album) -> list[dict[str, bytes]]:
    found = []
    async for part in archives_of(albums(*some)):
        with ZipFile(BytesIO(part.content)) as archive:
            found.append({name: archive.read(name) for name in archive.namelist()})
    return found


async def test_each_file_lies_under_the_code_of_its_case() -> None:
    seen = [as_shown(1, b"1"), as_shown(2, b"2")]
    assert await archives((CODE, [*seen, voice_shown(b"3")]), ("", [as_shown(1, b"4")])) == [
        {
            f"{CODE}/anh-1.jpg": b"1",
            f"{CODE}/anh-2.jpg": b"2",
            f"{CODE}/ghi-am.ogg": b"3",
            "chua-gui/anh-1.jpg": b"4",
        }
    ]


async def test_without_files_there_is_no_archive() -> None:
    assert await archives((CODE, [])) == []


async def test_what_is_too_much_for_one_archive_is_in_the_next(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(own_pictures, "LARGEST_PART", 5)

    found = await archives(
        (CODE, [as_shown(1, b"four"), as_shown(2, b"more")]), ("HC-2", [as_shown(1, b"5")])
    )
    assert [sum(map(len, part.values())) for part in found] == [4, 5]


async def test_an_archive_tells_no_moment() -> None:
    async for part in archives_of(albums((CODE, [as_shown(1, b"1")]))):
        with ZipFile(BytesIO(part.content)) as archive:
            assert {one.date_time for one in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}

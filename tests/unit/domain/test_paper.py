"""A document that goes to residents does nothing by itself, however that is hidden in it."""

import zlib

import pytest

from domain.errors import Refusal
from domain.model.handout import media_of
from domain.model.paper import require_paper

HEAD = b"%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\n"
PROGRAM = b"<< /OpenAction << /S /JavaScript /JS (app.alert) >> >>"


def listed(objects: bytes, about: bytes = b"/Type /ObjStm /N 1 /First 4") -> bytes:
    """A list of objects as it is packed."""
    packed = zlib.compress(b"7 0 " + objects)
    return b"6 0 obj << %s /Filter /FlateDecode >>\nstream\n%s\nendstream endobj\n" % (
        about,
        packed,
    )


@pytest.mark.parametrize(
    "content",
    [
        HEAD + PROGRAM,
        HEAD + b"<< /OpenAction << /S /J#61vaScript >> >>",
        HEAD + listed(PROGRAM),
        HEAD + listed(PROGRAM, b"/Type /Obj#53tm /N 1 /First 4"),
        HEAD + listed(PROGRAM, b"/Type /ObjStm /X (" + b"a" * 9000 + b" obj)"),
        HEAD + b"% stream\n" + PROGRAM,
        HEAD + b"(a stream\n)" + PROGRAM,
        HEAD + b"<< /Names << /EmbeddedFiles 4 0 R >> >>",
        HEAD + b"<< /Type /Filespec /EF << /F 4 0 R >> >>",
    ],
    ids=["plain", "hexadecimal", "packed", "list", "padded", "comment", "string", "names", "file"],
)
def test_a_program_is_found_wherever_it_is_hidden(content: bytes) -> None:
    with pytest.raises(Refusal, match="paper_with_programs"):
        require_paper(content)


@pytest.mark.parametrize(
    "content",
    [
        HEAD + b"trailer << /Encrypt 5 0 R >>",
        HEAD + b"% stream\ntrailer << /Encrypt 5 0 R >>",
        HEAD + listed(b"<< >>", b"/Type /ObjStm /DecodeParms << /Predictor 12 >>"),
        HEAD + b"6 0 obj << /Type /ObjStm >>\nstream\n7 0 << >>\nendstream endobj",
    ],
    ids=["locked", "comment", "predicted", "not packed"],
)
def test_what_cannot_be_looked_into_is_refused(content: bytes) -> None:
    with pytest.raises(Refusal, match="locked_paper"):
        require_paper(content)


def test_what_comes_by_chance_in_a_picture_is_no_program() -> None:
    require_paper(HEAD + b"<< /Length 9 >>\nstream\n.../JS ...\nendstream endobj\n")
    require_paper(HEAD + listed(b"<< /Type /Page >>"))


def test_a_handout_is_looked_into_as_well() -> None:
    with pytest.raises(Refusal, match="paper_with_programs"):
        media_of(HEAD + PROGRAM)

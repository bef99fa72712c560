"""Bytes told as situations: what a desk, a phone or an old office program might hand us."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.errors import InputError
from geomap.read import decode as decoding
from geomap.read.decode import clean, decode

TEXT = "Sanaa – “Guards fired,” said Zoë at 10:30.\r\n"
ARABIC = "أطلق الحراس النار في صنعاء يوم الثلاثاء 3 مارس\n" * 20


@pytest.mark.parametrize(
    ("data", "text", "warning"),
    [
        pytest.param(TEXT.encode(), TEXT, "", id="UTF-8"),
        pytest.param(TEXT.encode("utf-8-sig"), TEXT, "", id="UTF-8 with a mark"),
        pytest.param(b"\xff\xfe" + TEXT.encode("utf-16-le"), TEXT, "", id="UTF-16 LE with a mark"),
        pytest.param(b"\xfe\xff" + TEXT.encode("utf-16-be"), TEXT, "", id="UTF-16 BE with a mark"),
        pytest.param(b"\xff\xfe\0\0" + TEXT.encode("utf-32-le"), TEXT, "", id="UTF-32 with a mark"),
        pytest.param(TEXT.encode("utf-16-le"), TEXT, "UTF-16-LE", id="UTF-16 LE"),
        pytest.param(TEXT.encode("utf-16-be"), TEXT, "UTF-16-BE", id="UTF-16 BE"),
        pytest.param(ARABIC.encode("utf-16-le"), ARABIC, "UTF-16-LE", id="UTF-16 LE, Arabic"),
        pytest.param(TEXT.encode("cp1252"), TEXT, "Windows-1252", id="Windows-1252"),
        pytest.param(ARABIC.encode() + b"\xff", ARABIC + "\ufffd", "1 place not valid", id="UTF-8, one bad byte"),
        pytest.param(b"caf\x81", "caf\ufffd", "Windows-1252", id="a byte that means nothing"),
        pytest.param(b"", "", "", id="nothing"),
    ],
)
def test_the_encoding_is_found(data, text, warning):
    """The text is what was written, and a guess is named in a warning."""
    decoded = decode(data, where="a.txt")

    assert decoded.text == text
    assert bool(decoded.warnings) == bool(warning)
    assert warning in "".join(decoded.warnings)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
        (b"%PDF-1.7\n", "a PDF"),
        (b"PK\x03\x04rest", "a ZIP archive or an office document"),
        (b"\xff\xd8\xff\xe0", "a JPEG picture"),
        (b"{\\rtf1 text}", "a rich text document"),
        (b"\0\1\2\0\0\3" * 50, "binary data"),
        (b"\1\2\3\4abc" * 50, "binary data"),
        (b"\xff\xfeabc", "UTF-16-LE"),
    ],
)
def test_what_is_no_text_is_named(data, says):
    """The message says what the file looks like and what to do."""
    with pytest.raises(InputError, match=says) as caught:
        decode(data, where="inbox/a.txt")

    assert caught.value.where == "inbox/a.txt"
    assert "UTF-8" in caught.value.hint


@pytest.mark.parametrize("text", ["ID3 is a name.", "RIFF is a name.", "PAR1 is a name.", "MZ is a name.", "GIFs"])
def test_a_text_that_begins_with_the_letters_of_a_format_is_text(text):
    """Signatures are long enough not to refuse words."""
    assert decode(text.encode(), where="a.txt").text == text


def test_a_text_beyond_the_limit_is_refused(monkeypatch):
    """The message names the limit."""
    monkeypatch.setattr(decoding, "MAX_BYTES", 10)

    assert decode(b"0123456789", where="a.txt").text == "0123456789"
    with pytest.raises(InputError, match="more than 20 MB"):
        decode(b"0123456789a", where="a.txt")


def test_half_characters_are_replaced_where_they_stand():
    """No offset moves, and the result can be written as UTF-8."""
    fixed = clean("a\ud83db\udc00")

    assert fixed.text == "a\ufffdb\ufffd"
    assert fixed.warnings == ("2 half characters (lone surrogates) replaced by U+FFFD",)
    assert clean("a😀").warnings == ()


@given(st.binary(max_size=300))
def test_any_bytes_become_text_or_one_error(data):
    """Nothing but InputError comes out of any bytes."""
    with suppress(InputError):
        assert isinstance(decode(data, where="a.txt").text, str)

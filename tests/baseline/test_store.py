import datetime as dt
import itertools
import json
import multiprocessing
import os
import random
import stat

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.baseline import store
from claims.baseline.entry import LONGEST_QUOTE, Entry, Side, entry_of, excerpt, is_cut
from claims.baseline.fingerprint import keyed
from claims.baseline.store import encode, locked, read, write
from claims.errors import BaselineStale, BaselineUnreadable, OutputUnwritable, UsageError
from tests.baseline.newsroom import ACTOR, TARGET, newsroom

DAY = dt.date(2024, 5, 1)
HEADER = b'{"schema":"claims-baseline","version":1}\n'


def entry(number: int = 0, **changes: object) -> Entry:
    name = f"{number:032x}"
    side = Side(article=f"{number:016x}/0", key=name, quote=f"We said {number}.")
    made = Entry(fingerprint=name, actor=ACTOR, target=TARGET, kind="reversal", earlier=side, later=side)
    return made.model_copy(update=changes)


def decided(number: int = 0, decision: str = "confirmed", **changes: object) -> Entry:
    return entry(number, **{"decision": decision, "reason": "read it", "author": "ann", "date": DAY, **changes})


@pytest.fixture
def file(tmp_path):
    return tmp_path / "claims.baseline.jsonl"


def test_what_is_written_is_read(file):
    entries = (entry(1), decided(2, "rejected", expires=DAY), decided(3, reason="«لا»\nand — more"))
    assert write(file, entries)
    assert read(file).entries == entries
    assert read(file).path == file


def test_the_file_has_a_header_and_a_sorted_line_a_finding(file):
    write(file, [entry(3), entry(1), entry(2)])
    lines = file.read_bytes().split(b"\n")
    assert lines[0] + b"\n" == HEADER
    assert lines[-1] == b""
    assert [json.loads(line)["fingerprint"][-1] for line in lines[1:-1]] == ["1", "2", "3"]


def test_a_line_holds_no_score_path_offset_or_time(file):
    room = newsroom()
    items = keyed(room.findings(), {source.id: source for source in room.articles.values()})
    write(file, map(entry_of, items))
    line = json.loads(file.read_text(encoding="utf-8").splitlines()[1])
    assert list(line) == [
        "fingerprint", "actor", "target", "kind", "earlier", "later", "decision", "reason", "author", "date", "expires",
    ]  # fmt: skip
    assert list(line["earlier"]) == ["article", "key", "quote"]
    assert line["decision"] == "unreviewed"


@settings(deadline=None)
@given(st.permutations([entry(1), decided(2), entry(3), entry(3), decided(1), decided(4, "unsure")]))
def test_order_and_doubles_do_not_matter(entries):
    assert encode(entries) == encode([decided(1), decided(2), entry(3), decided(4, "unsure")])


def test_writing_the_same_again_changes_nothing(file):
    assert write(file, [entry(1)])
    before = file.stat()
    assert not write(file, [entry(1)])
    assert (file.stat().st_mtime_ns, file.stat().st_ino) == (before.st_mtime_ns, before.st_ino)


def test_two_branches_merge_by_union(file):
    base = [entry(n) for n in range(1, 6)]
    ours = [decided(1), *base[1:], entry(7)]
    theirs = [*base[:3], decided(4, "rejected"), entry(5), entry(6)]
    file.write_bytes(encode(ours) + encode(theirs))
    merged = read(file).entries
    assert [e.decision for e in merged] == ["confirmed", "unreviewed", "unreviewed", "rejected", *["unreviewed"] * 3]
    file.write_bytes(encode(theirs) + encode(ours))
    assert read(file).entries == merged


def test_of_two_like_decisions_the_later_counts(file):
    early, late = decided(1, author="ann"), decided(1, author="bob", date=DAY + dt.timedelta(1))
    for pair in itertools.permutations([early, late, entry(1)]):
        file.write_bytes(HEADER + b"".join(encode([e]).split(b"\n", 1)[1] for e in pair))
        assert read(file).entries == (late,)


def test_a_decision_outranks_a_later_line_without_one(file):
    later = entry(1, date=DAY + dt.timedelta(9))
    file.write_bytes(encode([later]) + encode([decided(1)]))
    assert read(file).entries == (decided(1),)


def test_two_decisions_that_differ_are_refused(file):
    file.write_bytes(encode([entry(0), decided(1)]) + encode([decided(1, "rejected")]))
    with pytest.raises(BaselineUnreadable, match=r"\.jsonl:5: finding 0+1 is rejected here, confirmed in line 3"):
        read(file)


def bad_lines():
    good = encode([entry(1)]).split(b"\n")[1]
    fields = json.loads(good)
    yield "torn", good[: len(good) // 2], "not a whole JSON line"
    yield "list", b"[1]", "not a JSON object"
    yield "marker", b"<<<<<<< HEAD", "unresolved merge"
    yield "marker middle", b"=======", "unresolved merge"
    yield "marker base", b"||||||| 1234", "unresolved merge"
    yield "marker end", b">>>>>>> branch", "unresolved merge"
    yield "not utf-8", good.replace(b"We", b"\xff\xfe"), "not a whole JSON line"
    for name, value in {
        "fingerprint": "xyz", "decision": "maybe", "kind": "mood", "date": "yesterday", "expires": 5, "score": 0.4,
        "actor": "Anna", "earlier": {"article": "a", "key": "short", "quote": ""},
    }.items():  # fmt: skip
        yield name, json.dumps({**fields, name: value}).encode(), name
    yield "decided by nobody", json.dumps({**fields, "decision": "confirmed"}).encode(), "author and a date"
    del fields["later"]
    yield "lacks a field", json.dumps(fields).encode(), "later"


@pytest.mark.parametrize(("line", "told"), [case[1:] for case in bad_lines()], ids=[case[0] for case in bad_lines()])
def test_a_bad_line_is_named(file, line, told):
    file.write_bytes(encode([entry(0)]) + line + b"\n")
    with pytest.raises(BaselineUnreadable, match=told) as caught:
        read(file)
    assert str(caught.value).startswith(f"{file}:3: ")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("header", "error"),
    [
        (b"", BaselineUnreadable),
        (b"\n\n", BaselineUnreadable),
        (b"{", BaselineUnreadable),
        (b'{"fingerprint":"1"}', BaselineUnreadable),
        (b'{"schema":"claims-baseline","version":2}', BaselineStale),
        (b'{"schema":"claims-baseline","version":0}', BaselineStale),
        (b'{"schema":"claims-baseline","version":true}', BaselineStale),
        (b'{"schema":"claims-baseline"}', BaselineStale),
        (b'{"schema":"claims-baseline","version":1,"more":1}', BaselineStale),
        (b'{"schema":"other","version":1}', BaselineStale),
    ],
)
def test_headers(file, header, error):
    file.write_bytes(header)
    with pytest.raises(error) as caught:
        read(file)
    assert str(caught.value).startswith(f"{file}:1: ")
    assert caught.value.exit_code == (3 if error is BaselineStale else 2)


def test_any_cut_of_the_file_is_read_whole_or_refused(file):
    content = encode([entry(1), decided(2)])
    ends = [at for at, byte in enumerate(content) if byte == 10]
    for cut in range(len(content)):
        file.write_bytes(content[:cut])
        if cut in ends or cut - 1 in ends:
            assert len(read(file).entries) == content[:cut].rstrip(b"\n").count(b"\n")
        else:
            with pytest.raises(BaselineUnreadable):
                read(file)


def test_windows_line_ends_and_blank_lines_are_read(file):
    file.write_bytes(encode([entry(1), entry(2)]).replace(b"\n", b"\r\n") + b"\r\n")
    assert len(read(file).entries) == 2


def test_a_missing_file_names_the_command(tmp_path):
    with pytest.raises(BaselineUnreadable, match="claims baseline create RUN --baseline") as caught:
        read(tmp_path / "my known.jsonl")
    assert "'" in str(caught.value)
    assert caught.value.exit_code == 2


def test_a_folder_is_no_baseline(tmp_path):
    with pytest.raises(BaselineUnreadable, match="cannot be read"):
        read(tmp_path)


def test_line_separators_in_a_quote_do_not_split_a_line(file):
    side = Side(article="a/0", key="0" * 32, quote="one\u2028two\x85three")
    write(file, [entry(1, earlier=side)])
    assert read(file).entries[0].earlier.quote == side.quote


def test_a_failed_write_leaves_the_old_file(file, monkeypatch):
    write(file, [entry(1)])
    before = file.read_bytes()

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputUnwritable, match="No space left"):
        write(file, [entry(2)])
    assert file.read_bytes() == before
    assert [path.name for path in file.parent.iterdir() if path.name != "cache"] == [file.name]


def test_a_linked_baseline_is_written_through(file, tmp_path):
    real = tmp_path / "real" / "b.jsonl"
    real.parent.mkdir()
    write(real, [entry(1)])
    file.symlink_to(real)
    write(file, [entry(2)])
    assert file.is_symlink()
    assert read(real).entries == (entry(2),)
    assert stat.S_IMODE(real.stat().st_mode) & 0o444 == 0o444


@pytest.mark.parametrize("value", ["true", "1", "TRUE", "yes", "woodpecker"])
def test_ci_never_writes(file, monkeypatch, value):
    monkeypatch.setenv("CI", value)
    with pytest.raises(UsageError, match="never written in CI"):
        write(file, [entry(1)])
    assert not file.exists()


@pytest.mark.parametrize("value", ["", "false", "0"])
def test_no_ci_writes(file, monkeypatch, value):
    monkeypatch.setenv("CI", value)
    assert write(file, [entry(1)])


def test_a_locked_baseline_is_waited_for_then_refused(file, monkeypatch):
    monkeypatch.setattr(store, "WAIT_S", 0.1)
    with locked(file), pytest.raises(UsageError, match="another claims command"), locked(file):
        pass
    with locked(file):
        assert not list(file.parent.glob("*.lock"))


def _add(path, number):
    with locked(path):
        write(path, [*read(path).entries, entry(number)])


def test_commands_at_the_same_time_lose_nothing(file):
    write(file, [])
    context = multiprocessing.get_context("fork")
    workers = [context.Process(target=_add, args=(file, number)) for number in range(8)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(30)
    assert len(read(file).entries) == 8


def test_expiry_counts_from_the_day_after():
    held = decided(1, expires=DAY)
    assert not held.expired(DAY)
    assert held.expired(DAY + dt.timedelta(1))
    assert not decided(1).expired(dt.date.max)
    assert not entry(1, expires=DAY).expired(dt.date.max)


def test_long_quotes_are_cut_and_say_so():
    assert excerpt("a \n\n b") == "a b"
    assert not is_cut(excerpt("x" * LONGEST_QUOTE))
    assert is_cut(excerpt("x" * (LONGEST_QUOTE + 1)))
    assert len(excerpt("x" * 5000)) == LONGEST_QUOTE
    assert not is_cut("short…")
    assert excerpt("\ud800") == "?"


@settings(deadline=None)
@given(st.lists(st.integers(0, 50), max_size=30), st.randoms(use_true_random=False))
def test_encoding_is_a_function_of_the_set(numbers, rng: random.Random):
    shuffled = list(numbers)
    rng.shuffle(shuffled)
    assert encode(map(entry, numbers)) == encode(map(entry, shuffled + numbers))


def test_what_an_editor_of_another_system_saved_is_read(file):
    write(file, [entry(1), decided(2)])
    expected = read(file).entries
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    assert read(file).entries == expected

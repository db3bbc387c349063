"""The reader of Moodle XML takes what Moodle takes, refuses the rest with a reason, and marks as Moodle does."""

from __future__ import annotations

from fractions import Fraction

import pytest

from .moodle import Question, read
from .moodle_marks import Answer
from .refusal import Refused

IMAGE = '<file name="x.png" path="/fig/" encoding="base64">iVBORw==</file>'
CATEGORY = (
    '<question type="category"><category><text>$course$/top/convexam/Lab 1</text></category>'
    "<idnumber>cvx-lab1</idnumber></question>"
)


def quiz(*questions: str) -> bytes:
    return f"<?xml version='1.0' encoding='UTF-8'?><quiz>{''.join(questions)}</quiz>".encode()


def question(kind: str, text: str, rest: str = "", *, name: str = "q", files: str = "") -> str:
    return (
        f'<question type="{kind}"><name><text>{name}</text></name>'
        f'<questiontext format="html"><text><![CDATA[{text}]]></text>{files}</questiontext>{rest}</question>'
    )


def only(xml: str) -> Question:
    (found,) = read(quiz(xml))
    return found


def cloze(text: str) -> Question:
    return only(question("cloze", text))


def answer(fraction: str, text: str, feedback: str = "", more: str = "") -> str:
    return (
        f'<answer fraction="{fraction}" format="moodle_auto_format"><text>{text}</text>'
        f'<feedback format="html"><text>{feedback}</text></feedback>{more}</answer>'
    )


def numerical(*answers: str) -> str:
    return question("numerical", "How many?", "<defaultgrade>2</defaultgrade>" + "".join(answers))


GRID = question(
    "cloze",
    """<p><img src="@@PLUGINFILE@@/fig/x.png" alt="input"/></p><table><tbody><tr>
 <td>{1:NUMERICAL:=12:0.01#correct~%50%-12:0.01#sign: you flipped the kernel~%0%13:0.01#bias added twice}</td>
 <td>{1:NUMERICAL:=-3:0.01#correct~*#see worked solution}</td></tr></tbody></table>""",
    '<generalfeedback format="html"><text><![CDATA[worked solution]]></text></generalfeedback><penalty>0</penalty>'
    "<hidden>0</hidden><idnumber>cvx.q1.s7</idnumber><tags><tag><text>conv</text></tag></tags>",
    name="conv 2x2 seed 7",
    files=IMAGE,
)


def test_the_example_that_ran() -> None:
    (found,) = read(quiz(CATEGORY, GRID))
    assert (found.category, found.category_idnumber) == ("$course$/top/convexam/Lab 1", "cvx-lab1")
    assert (found.idnumber, found.name, found.type) == ("cvx.q1.s7", "conv 2x2 seed 7", "cloze")
    assert found.default_mark == 2
    assert (found.tags, found.general_feedback) == (("conv",), "worked solution")
    assert found.files == {"/fig/x.png": b"\x89PNG"}
    assert "<td>{#1}</td>" in found.text
    assert [blank.weight for blank in found.blanks] == [1, 1]


@pytest.mark.parametrize(
    ("answers", "mark", "feedback"),
    [
        (("12", "-3"), 1, (("correct",), ("correct",))),
        (("12.01", "-2.99"), 1, (("correct",), ("correct",))),
        (("12.011", "-3.0101"), 0, ((), ("see worked solution",))),
        (("-12", None), Fraction(1, 4), (("sign: you flipped the kernel",), ())),
        (("13", ""), 0, (("bias added twice",), ())),
        (("junk", "junk"), 0, ((), ())),
        ((None, None), 0, ((), ())),
    ],
)
def test_the_marks_and_feedback_of_that_example(
    answers: tuple[Answer, ...], mark: Fraction, feedback: tuple[tuple[str, ...], ...]
) -> None:
    found = only(GRID)
    assert (found.mark(answers), found.feedback(answers)) == (mark, feedback)


@pytest.mark.parametrize(
    "text",
    [
        "448",
        " 448 ",
        "+448",
        "4.48e2",
        "4.48E+2",
        "4.48x10^2",
        "4.48×10^2",
        "4.48*10**2",
        "448.",
        "4 48",
        "44,8",
        "448 cm",
        "448.0",
    ],
)
def test_spellings_of_a_number_that_count(text: str) -> None:
    assert cloze("{:NM:=448}").mark([text]) == 1


@pytest.mark.parametrize("text", ["44.8", "-448", "−448", "448.001", "1/2", "abc", "x448", "0", "."])
def test_spellings_that_do_not(text: str) -> None:
    assert cloze("{:NM:=448}").mark([text]) == 0


@pytest.mark.parametrize(
    ("key", "text", "right"),
    [
        ("0.3:0.1", "0.4", True),
        ("0.3:0.1", "0.2", True),
        ("0.3:0.1", "0.4000001", False),
        ("0.3", "0.3", True),
        ("0.3", "0.30000000000001", False),
        ("0.3", "0.300000000000000001", True),
        ("0", "-0", True),
        ("0", "0.0000001", False),
        ("-.5e1:1E-1", "-4.9", True),
        ("1000000:0", "1000000.0001", False),
    ],
)
def test_the_edges_of_a_tolerance(key: str, text: str, right: bool) -> None:
    assert cloze(f"{{1:NM:={key}}}").mark([text]) == right


def test_the_first_alternative_that_takes_an_answer_wins() -> None:
    wide_first = cloze("{1:NM:%50%5:1#near~=5:0.1#exact}")
    assert (wide_first.mark(["5"]), wide_first.feedback(["5"])) == (Fraction(1, 2), (("near",),))


def test_percentages_may_have_decimals_and_be_negative() -> None:
    found = cloze("{3:SA:=a~%33.33333%b~%12,5%c~%-50%d}{1:NM:=1~%-100%2}")
    assert found.default_mark == 4
    assert found.blanks[0].mark("b") == Fraction("0.3333333")
    assert found.blanks[0].mark("c") == Fraction(1, 8)
    assert found.mark(["d", None]) == Fraction(-3, 8), "a total is not floored"
    assert found.blanks[1].mark("2") == 0, "but a number is"


@pytest.mark.parametrize(
    ("kind", "pattern", "text", "right"),
    [
        ("SHORTANSWER", "ReLU", " relu ", True),
        ("SAC", "ReLU", "relu", False),
        ("MWC", "ReLU", "ReLU", True),
        ("SA", "4*4", "4 x 4", True),
        ("SA", "4**4", "44", True),
        ("SA", r"4\*4", "4*4", True),
        ("SA", r"4\*4", "4 x 4", False),
        ("SA", "a.c", "abc", False),
        ("SA", "café", "CAFE\u0301", True),
        ("SA", "5 &times; 5", "5 × 5", True),
        ("SA", "a &tilde; b", "a ˜ b", True),
        ("SA", r"\(\frac{1\}{2\}\)", r"\(\frac{1}{2}\)", True),
        ("SA", "&lt;b&gt;", "<b>", True),
        ("SA", r"\{x\}", r"\{x}", True),
        ("SA", r"C\#", "c#", True),
        ("SA", "R&amp;D", "r&d", True),
        ("SA", "0", "0", True),
    ],
)
def test_texts(kind: str, pattern: str, text: str, right: bool) -> None:
    assert cloze(f"{{1:{kind}:={pattern}~*#other}}").mark([text]) == right


def test_escapes_in_feedback() -> None:
    found = cloze(r"{1:NM:=1#a \} b \# c &#126; d &amp;lt; e <b>f</b> {x = 5% &quot;}")
    assert found.feedback(["1"]) == (('a } b # c ~ d &lt; e <b>f</b> {x = 5% "',),)


@pytest.mark.parametrize(
    ("kind", "layout", "shuffled"),
    [
        ("MULTICHOICE", "dropdown", False),
        ("MC", "dropdown", False),
        ("MCS", "dropdown", True),
        ("MCV", "vertical", False),
        ("MULTICHOICE_HS", "horizontal", True),
        ("MCH", "horizontal", False),
        ("MCVS", "vertical", True),
    ],
)
def test_multichoice(kind: str, layout: str, shuffled: bool) -> None:
    found = cloze("{2:" + kind + r":two &amp;lt; 3#low~=a \} b#yes~%-50%c}")
    (blank,) = found.blanks
    assert (blank.kind, blank.layout, blank.shuffled) == ("MULTICHOICE", layout, shuffled)
    assert blank.options == ("two < 3", "a } b", "c")
    assert [found.mark([option]) for option in (*blank.options, None)] == [0, 1, Fraction(-1, 2), 0]
    assert found.feedback(["two < 3"]) == (("low",),)
    with pytest.raises(ValueError, match="0 of the options"):
        found.mark(["d"])
    with pytest.raises(TypeError, match="takes one answer"):
        found.mark([("c", "a } b")])


def test_markup_in_the_options_of_a_list_of_buttons() -> None:
    found = cloze("{1:MCV:=x<sup>2</sup>~x}")
    assert found.blanks[0].options == ("x2", "x")
    assert found.mark(["x<sup>2</sup>"]) == found.mark(["x2"]) == 1


@pytest.mark.parametrize(
    ("options", "chosen", "mark"),
    [
        ("=a~=b~c", ("a", "b"), 1),
        ("=a~=b~c", ("a",), Fraction(1, 2)),
        ("=a~=b~c", ("a", "b", "c"), Fraction(1, 2)),
        ("=a~=b~c", ("c",), 0),
        ("=a~=b~c", (), 0),
        ("=a~=b~c", None, 0),
        ("=a~=b~%0%c", ("a", "b", "c"), Fraction(1, 2)),
        ("=a~=b~%0.0%c", ("a", "b", "c"), 1),
        ("%50%a~%50%b~%-25%c", ("a", "b", "c"), Fraction(3, 4)),
        ("%30%a~%10%b~c", ("a", "c"), Fraction(3, 4)),
        ("=a~=b~c", "a", Fraction(1, 2)),
    ],
)
def test_multiresponse(options: str, chosen: Answer, mark: Fraction) -> None:
    assert cloze(f"{{1:MULTIRESPONSE:{options}}}").mark([chosen]) == mark


def test_what_is_no_gap_stays_text() -> None:
    text = r"\(\frac{a}{b}\), {1, 2}, {x: y}, \{ and } "
    found = cloze(text + "{1:NM:=1}")
    assert found.text == text + "{#1}"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("no gap", "a cloze without a gap"),
        ("{1:NUMBER:=1}", "unknown TYPE 'NUMBER'"),
        ("{1:numerical:=1}", "unknown TYPE 'numerical'"),
        ("{1.5:NUMERICAL:=1}", "weight '1.5' is not whole"),
        ("{-1:NUMERICAL:=1}", "weight '-1' is not whole"),
        ("{1:NUMERICAL:=1", "no end, or no alternative"),
        ("{1:NUMERICAL}", "no end, or no alternative"),
        ("{1:NUMERICAL:}", "no end, or no alternative"),
        ("{ 1:NUMERICAL:=1}", "stays text"),
        (r"{1:SA:=\frac{1\}\} and {1:NM:=1}", "never closed"),
        ("{1:MC:=a~b~} and {1:NM:=1}", "never closed"),
        ("{#1} {1:NM:=1}", "own marks"),
        ("{0:NM:=1}", "all weights are 0"),
        ("{1:NM:1}", "no answer of 100 %"),
        ("{1:NM:%99%1}", "no answer of 100 %"),
        ("{1:MR:a~b}", "no answer above 0 %"),
        ("{1:MC:=a}", "fewer than two options"),
        ("{1:SA:= #x}", "an answer is empty"),
        ("{1:NM:=+1}", "no number"),
        ("{1:NM:= 1}", "no number"),
        ("{1:NM:=1:0.1 }", "no number"),
        ("{1:NM:=1:-0.1}", "lose its sign"),
        ("{1:NM:=1,5}", "the comma goes"),
        ("{1:NM:=1:0,5}", "the comma goes"),
        ("{1:NM:=−1}", "no number"),
        ("{1:NM:=1/2}", "no number"),
        ("{1:NM:=1e999}", "too large"),
        ("{1:NM:=x}", "no number"),
        ("{1:SA:=a~%+50%b}", "no percentage"),
        ("{1:SA:=a~%1/2%b}", "no percentage"),
        (r"{1:SA:=a\~b}", "keeps its backslash"),
        ("{1:SA:=a &#126; b}", "Moodle 5.1 ends the answer there"),
        ("{1:MR:=&&~|~=||}", "Moodle 5.1 ends the answer there"),
        ("{1:SA:=a#x < y}", "a bare <"),
        ("{1:SA:=a#x &lt; y}", "a bare <"),
        ("{1:MC:=a &lt; b~c}", "a bare <"),
        ("{1:MC:=a<b>c</b>~d}", "shows no markup"),
        ('{1:NM:=1#<img src="@@PLUGINFILE@@/fig/x.png">}', "not found"),
    ],
)
def test_cloze_texts_that_are_refused(text: str, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        only(question("cloze", text, files=IMAGE * ("PLUGIN" in text)))


def test_a_brace_in_feedback_ends_it() -> None:
    found = cloze(r"{1:NM:=1#\(\frac{1}{2}\)}")
    assert found.feedback(["1"]) == ((r"\(\frac{1",),), "the rest became text, as in Moodle"
    assert found.text == r"{#1}{2}\)}"


def test_numerical() -> None:
    found = only(
        numerical(
            answer("100", "448", "yes", "<tolerance>0</tolerance>"),
            answer("50", "432", "biases forgotten", "<tolerance>0.5</tolerance>"),
            answer("33.33333", "+1e3"),
            answer("0", "*", "no"),
        )
    )
    assert (found.type, found.default_mark, len(found.blanks)) == ("numerical", Fraction(2), 1)
    assert [found.mark([a]) for a in ("448", "432.5", "1000", "7", "junk", None)] == [
        1,
        Fraction(1, 2),
        Fraction("0.3333333"),
        0,
        0,
        0,
    ]
    assert [found.feedback([a]) for a in ("432.5", "7", "junk", None)] == [
        (("biases forgotten",),),
        (("no",),),
        ((),),
        ((),),
    ]


def test_shortanswer_minds_the_case_if_it_says_so() -> None:
    answers = answer("100", "ReLU") + answer("0", "*", "no")
    assert only(question("shortanswer", "?", answers)).mark(["relu"]) == 1
    exact = only(question("shortanswer", "?", "<usecase>1</usecase>" + answers))
    assert exact.mark(["relu"]) == 0
    assert exact.feedback(["relu"]) == (("no",),)


def test_multichoice_of_one_and_of_several() -> None:
    options = answer("100", "a", "A") + answer("0", "b") + answer("-50", "c")
    one = only(question("multichoice", "?", "<single>true</single>" + options))
    assert [one.mark([o]) for o in "abc"] == [1, 0, Fraction(-1, 2)]
    thirds = "".join(answer("33.33333", o) for o in "abc") + answer("-100", "d")
    many = only(question("multichoice", "?", "<single>false</single>" + thirds))
    assert many.mark(["a"]) == Fraction("0.3333333")
    assert many.mark([("a", "b", "c")]) == Fraction("0.9999999"), "thirds are given with seven decimals"
    assert many.mark([("a", "d")]) == 0


def test_what_a_human_marks_and_what_nobody_does() -> None:
    essay = only(
        question(
            "essay", "Hand in.", "<defaultgrade>5</defaultgrade><responseformat>noinline</responseformat>"
        )
    )
    text = only(question("description", "Read."))
    assert [(q.type, q.default_mark, q.blanks) for q in (essay, text)] == [
        ("essay", Fraction(5), ()),
        ("description", Fraction(0), ()),
    ]
    for found in (essay, text):
        with pytest.raises(ValueError, match="does not mark"):
            found.mark([])


@pytest.mark.parametrize(
    ("xml", "reason"),
    [
        (numerical(answer("40", "1"), answer("30", "2")), "no answer of 100 %"),
        (numerical(answer("100", "1"), answer("45", "2")), "grade list"),
        (numerical(answer("100", "1"), answer("33.33", "2")), "grade list"),
        (numerical(answer("half", "1")), "no number"),
        (numerical(answer("100", "1,5")), "the comma goes"),
        (numerical(answer("100", "one")), "no number"),
        (numerical(answer("100", "1", "", "<tolerance>-1</tolerance>")), "lose its sign"),
        (numerical(answer("100", "1"), "<units/>"), "passed over"),
        (numerical(answer("100", "1"), "<showunits>0</showunits>"), "units are not read"),
        (question("shortanswer", "?", answer("90", "x")), "no answer of 100 %"),
        (question("shortanswer", "?", answer("100", "")), "an answer is empty"),
        (question("multichoice", "?", answer("100", "x")), "fewer than two options"),
        (question("multichoice", "?", answer("50", "x") + answer("50", "y")), "no answer of 100 %"),
        (
            question("multichoice", "?", "<single>false</single>" + answer("50", "x") + answer("40", "y")),
            "add up to 90%",
        ),
        (question("multichoice", "?", "<single>no</single>" + answer("100", "x") + answer("0", "y")), "'no'"),
        (question("multichoice", "?", answer("100", "a &lt; b") + answer("0", "y")), "a bare <"),
        (question("essay", "?", "<responseformat>file</responseformat>"), "unknown responseformat"),
        (question("description", "?", "<defaultgrade>1</defaultgrade>"), "weighs 0"),
        (question("cloze", "{2:NM:=1}", "<defaultgrade>1</defaultgrade>"), "add up to 2"),
        (question("cloze", "{2:NM:=1}", "<idnumbr>1</idnumbr>"), "<idnumbr> would be passed over"),
        (question("matching", "?"), "not read here"),
        (question("essay", " "), "no text"),
        (question("essay", "?", name=""), "no name"),
        (question("essay", "?", name="n" * 256), "255 fit"),
        (question("essay", "?", name="&lt;b&gt;"), "markup would go"),
        (question("essay", "?", f"<idnumber>{'n' * 101}</idnumber>"), "100 fit"),
        (question("essay", "?", "<idnumber> x</idnumber>"), "space at an end"),
        (question("essay", "?", f"<tags><tag><text>{'t' * 51}</text></tag></tags>"), "1 to 50"),
        (question("essay", "?", "<tags><tag><text>a&lt;b</text></tag></tags>"), "lose characters"),
        (
            question("essay", "?", "<tags><tag><text>a</text></tag><tag><text>A</text></tag></tags>"),
            "tag 'a' twice",
        ),
        (question("essay", '<img src="@@PLUGINFILE@@/x.png">'), "/x.png is shown, without a <file>"),
        (question("essay", "?", files=IMAGE), "/fig/x.png is a file not shown"),
        (question("essay", "@@PLUGINFILE@@/fig/x.png", files=IMAGE * 2), "twice"),
        (question("essay", "?", files=IMAGE.replace("/fig/", "/fig")), "both ends"),
        (question("essay", "?", files=IMAGE.replace("x.png", "a&amp;b.png")), "a name that Moodle refuses"),
        (question("essay", "?", files=IMAGE.replace("iVBO", "iV?O")), "file /fig/x.png"),
        (question("essay", "?", files=IMAGE.replace("base64", "none")), "read as base64"),
        (
            "<question type='essay'><name><text>q</text></name><questiontext><text><p>?</p></text></questiontext></question>",
            "CDATA",
        ),
        (question("essay", "?").replace('"html"', '"htm"'), "unknown format"),
        (CATEGORY.replace("/top/convexam", "/top/ /x"), "a name is empty"),
        (CATEGORY, "no questions"),
        (CATEGORY + GRID + CATEGORY.replace("Lab 1", "Lab 2") + GRID, "is that of"),
        (CATEGORY + GRID + GRID, "the second would lose it"),
        ("<item/>", "something else than <question>"),
        ("<question", "not well-formed"),
    ],
)
def test_files_that_are_refused(xml: str, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        read(quiz(xml))


def test_bytes_that_are_no_quiz() -> None:
    for data, reason in (
        (b"<quiz/>", "no questions"),
        (b"<test/>", "<quiz> expected"),
        ("<quiz>é</quiz>".encode("latin-1"), "utf-8"),
    ):
        with pytest.raises(Refused, match=reason):
            read(data)


def test_a_byte_order_mark_spaces_and_other_alphabets_pass() -> None:
    name = "Свёртка 2×2, ядро «край»"
    (found,) = read(b"\xef\xbb\xbf" + quiz(CATEGORY, question("cloze", "{1:SA:=ядро~*#нет}", name=name)))
    assert (found.name, found.feedback(["край"])) == (name, (("нет",),))
    assert found.mark(["ЯДРО"]) == 1


def test_names_of_files_are_decoded() -> None:
    files = IMAGE.replace("x.png", "ядро 1.png")
    found = only(
        question("essay", '<img src="@@PLUGINFILE@@/fig/%D1%8F%D0%B4%D1%80%D0%BE%201.png">', files=files)
    )
    assert list(found.files) == ["/fig/ядро 1.png"]


def test_the_same_idnumber_in_two_categories_is_two_ids() -> None:
    other = CATEGORY.replace("Lab 1", "Lab 2").replace("cvx-lab1", "cvx-lab2")
    assert [q.category[-5:] for q in read(quiz(CATEGORY, GRID, other, GRID))] == ["Lab 1", "Lab 2"]


def test_a_large_grid_is_read_quickly() -> None:
    cell = "<td>{1:NM:=1:0.01#right~" + "~".join(f"%50%{n}:0.01#you took {n}" for n in range(2, 7)) + "}</td>"
    found = cloze(cell * 256)
    assert (len(found.blanks), found.mark(["1"] * 128 + ["2"] * 128)) == (256, Fraction(3, 4))

"""Banks from strangers: values, prompts and formulas without end, or with something to be run or fetched."""

from __future__ import annotations

INPUT = "{shape: [1, 4, 4], from: 0, to: 3}"
PROMPT = "Filter {{ X }} with {{ K }}."
FETCHES = (
    "![a](file:///etc/passwd) ![b](http://127.0.0.1:9/b.png) [l](javascript:alert(1)) <img src=http://127.0.0.1:9/>"
    " <link rel=attachment href='file:///etc/passwd'> <style>@import url(http://127.0.0.1:9/)</style>"
    " <http://127.0.0.1:9/> [r]: file:///etc/passwd ![c][r]"
)
"""A prompt that wants files and addresses to be fetched."""


def bank(prompt: str = PROMPT, input_: str = INPUT, more: str = "") -> str:
    """Return a bank of one entry."""
    return f"""\
format: convexam-bank/1
questions:
  - id: stranger/a
    type: conv2d
    title: A
    difficulty: 1
    points: 2
    outcomes: [explain-convolution]
    params:
      input: {input_}
      kernel: {{shape: [1, 1, 2, 2], one_of: [-1, 0, 1, 2]}}
{more}    prompt:
      en: |
        {prompt}
"""


def formula(text: str, parameter: str = "{from: 1, to: 9}") -> str:
    """Return a bank of one entry whose answer is a formula."""
    return f"""\
format: convexam-bank/1
questions:
  - id: stranger/f
    type: formula
    title: A
    difficulty: 1
    points: 2
    outcomes: [explain-convolution]
    params:
      parameters: {{n: {parameter}}}
      answers:
        - {{name: a, label: A, formula: "{text}"}}
    prompt:
      en: How many for {{{{ n }}}}?
"""


LEVELS = "\n".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9))
COMPUTED = "nothing is computed inside a text"
LONG = "at most 100000 are read"
NESTED = "nested too deeply"

REFUSED = {
    "an alias bomb": (f"a0: &a0 [1, 1]\n{LEVELS}\n{bank()}", "'&a0' is not allowed"),
    "brackets": (bank(input_="[" * 100_000), "nested deeper than 24 levels"),
    "an attribute": (bank("{{ X.__class__.__mro__ }}"), COMPUTED),
    "a call": (bank("{{ cycler.__init__.__globals__.os.popen('id').read() }}"), COMPUTED),
    "a loop": (bank("{% for a in range(999999999) %}x{% endfor %}"), COMPUTED),
    "a tower": (bank("{{ 9**9**9**9 }}"), COMPUTED),
    "a product": (bank("{{ 'a' * 999999999 }}"), COMPUTED),
    "a filter": (bank("{{ stride|string|center(2000000000) }}"), COMPUTED),
    "a format": (bank("{{ '%0999999999d'|format(1) }}"), COMPUTED),
    "4 MB": (bank("word " * 800_000), LONG),
    "5,001 characters": (bank("w" * 5_001), "at most 5000 are set"),
    "quotes in quotes": (bank("> " * 2_450 + "a" * 200), "at most 5000 are set"),
    "a huge shape": (bank(input_="{shape: [1, 100000, 100000], from: 0, to: 3}"), "1 to 64"),
    "many entries": (bank(input_="{shape: [64, 64, 64], from: 0, to: 3}"), "at most 4096 are drawn"),
    "many axes": (bank(input_=f"{{shape: [{'9, ' * 500}9], from: 0, to: 3}}"), "at most 4 allowed"),
    "a huge range": (bank(input_=f"{{shape: [1, 4, 4], from: 0, to: {'9' * 3_000}}}"), "at most 18 digits"),
    "an exponent": (bank(input_="{shape: [1, 4, 4], from: 0, to: 1e999999999}"), "a whole number"),
    "many values": (
        bank(input_=f"{{shape: [1, 4, 4], one_of: [{'1, ' * 20_000}1]}}"),
        "at most 1000 allowed",
    ),
    "padding": (bank(more="      padding: 1000000000\n"), "expected 0 to 16"),
    "an effort that is never met": (
        bank(more="    effort: {products: [999999, 1000000]}\n"),
        "leaves its band",
    ),
    "two thousand misconceptions": (
        bank(more=f"    misconceptions: {{{', '.join(f'm{n}: 0' for n in range(9_000))}}}\n"),
        "more",
    ),
    "a path": (bank().replace("stranger/a", "../../../etc/x"), "expected a name"),
    "an escape sequence": (bank().replace("title: A", 'title: "\\e]0;hi\\a"'), "is not text"),
    "braces of TeX": (bank("$" + "x_{" * 200 + "} " * 199 + "}$"), NESTED),
    "tables of TeX": (bank("$" + r"\begin{matrix}" * 30 + "x" + r"\end{matrix}" * 30 + "$"), NESTED),
    "TeX that reads a file": (bank(r"$\input{/etc/passwd}$"), "unknown command"),
    "TeX that calls itself": (bank(r"$\def\a{\a\a}\a$"), "defines a command"),
    "TeX that fills a mile": (bank(r"$\rule{99999999pt}{99999999pt}$"), "which papers do not know"),
    "a formula of Python": (formula("__import__('os').system('id')"), "has no place in a formula"),
    "a formula of towers": (formula("9^9^9^9"), "none of 300 draws"),
    "a formula of powers": (formula("(2^64)^64 * (2^64)^64"), "becomes too large"),
    "a formula of brackets": (formula("(" * 2_000 + "n" + ")" * 2_000), "at most 1000 characters"),
    "a parameter without end": (formula("n^60", "{from: 1, to: 100000000000000000000}"), "at most 18 digits"),
}
"""What each bank is, and words of the fault that `check` finds."""

"""Every misconception by name, with the sentence a student reads: one table for all kinds.

A kind says *what the engine does differently* under a name; the words stand here, so that a report on
a class can add the same misconception up over kinds. A sentence says what was done and what is right.
"""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "extra_flip": "You turned the kernel by 180° before sliding it (a true convolution). "
    "Here the kernel is used as it stands (cross-correlation).",
    "no_flip": "You used the kernel as it stands (cross-correlation). "
    "A true convolution turns it by 180° first.",
    "flip_rows_only": "You turned the kernel upside down, but not left to right as well.",
    "flip_columns_only": "You mirrored the kernel left to right, but did not turn it upside down as well.",
    "transpose_kernel": "You swapped the rows and columns of the kernel.",
    "ignore_padding": "You left the padding out.",
    "pad_once": "You padded on one side only (top and left). Padding goes on both sides.",
    "assume_same_padding": "You padded so that the output has the size of the input. "
    "Only the padding that is stated counts.",
    "ignore_stride": "You moved the window by one cell at a time. The stride says how far it moves.",
    "dilation_ignored": "You used neighbouring cells. "
    "A dilation leaves gaps between the cells that the kernel touches.",
    "dilation_zero_based": "You left one cell too many between the kernel's entries: "
    "dilation 1 is the ordinary kernel without gaps.",
    "bias_forgotten": "You left the bias out.",
    "bias_sign": "You subtracted the bias. It is added.",
    "bias_per_tap": "You added the bias to every product. It is added once to every output cell.",
    "bias_per_channel": "You added the bias once for each channel. It is added once to every output cell.",
    "first_channel_only": "You used the first channel only. The products of all channels are added.",
    "channels_averaged": "You averaged over the channels. The products of all channels are added.",
    "kernels_swapped": "You applied the kernels to the channels in the wrong order.",
    "maps_swapped": "You wrote the output maps in the wrong order.",
    "not_normalised": "You added the values up without dividing: the weights of the kernel are fractions.",
}

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
    "flip_rows_only": "You used the kernel upside down. Cross-correlation uses it as it stands; "
    "a true convolution swaps left and right as well.",
    "flip_columns_only": "You used the kernel mirrored left to right. Cross-correlation uses it "
    "as it stands; a true convolution turns it upside down as well.",
    "transpose_kernel": "You swapped the rows and columns of the kernel.",
    "ignore_padding": "You left the padding out.",
    "pad_once": "You padded on one side only. Padding goes on both sides.",
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
    "not_normalised": "You left the denominators of the kernel out: its weights are fractions.",
    "avg_for_max": "You took the mean of each window. Max pooling takes its largest number.",
    "min_for_max": "You took the smallest number of each window. Max pooling takes the largest.",
    "max_for_avg": "You took the largest number of each window. Average pooling takes the mean.",
    "sum_for_avg": "You added the numbers of each window up without dividing by how many they are.",
    "pool_stride_1": "You moved the pooling window by one cell at a time. The stride says how far it moves.",
    "pool_stride_window": "You laid the pooling windows side by side. "
    "The stride that is stated need not be the size of the window.",
    "ceil_for_floor": "You rounded an output size up. Here it is rounded down: "
    "a window that would hang over the end is not used.",
    "floor_for_ceil": "You rounded an output size down. Here it is rounded up: "
    "the last window may hang over the end.",
    "pad_zero_wins": "You let padded cells take part as zeros. In max pooling they are never the maximum.",
    "avg_count_pad": "You counted the padded cells in the mean. Here only the cells inside the image count.",
    "avg_skip_pad": "You left the padded cells out of the mean. Here they count as zeros.",
    "pool_over_channels": "You pooled over the channels as well. Every channel is pooled by itself.",
    "global_instead_of_local": "You pooled the whole map at once. Every window gives a cell of its own.",
    "missing_plus_one": "You left the +1 out. "
    "The first window stands before any step is taken, so there is one position more than there are steps.",
    "keep_input_depth": "You kept the number of channels. "
    "A convolution has as many output channels as it has filters.",
    "dilation_k_times_d": "You took the dilated kernel for k times d cells. "
    "Only its k - 1 gaps grow: it spans d(k - 1) + 1 cells.",
    "pad_channels": "You padded the channels as well. Padding goes around the rows and columns only.",
    "pool_channels_only": "You pooled the channels and left the maps as they were. "
    "Pooling makes every map smaller and keeps the number of channels.",
    "kernel_as_output": "You wrote the size of the kernel. "
    "The output has as many cells as the window has positions.",
    "kernel_as_padding": "You took the size of the kernel for the padding.",
    "apply_twice": "You applied the last layer twice.",
    "flatten_one_map": "You counted the cells of one map only. Flattening takes the cells of all maps.",
    "transpose": "You swapped height and width.",
    "other_order": "You wrote the sizes in another order than this paper does. "
    "Its cover says which comes first.",
    "no_bias": "You left the biases out. Here they are counted among the parameters.",
    "bias_counted": "You counted the biases. Here parameters are counted without them.",
    "drop_input_depth": "You left out the depth of the input. "
    "A weight belongs to one place in one input channel.",
    "one_bias_per_layer": "You counted one bias for the whole layer. "
    "Every filter, and every unit, has its own.",
    "map_size_as_kernel": "You counted the cells of the map. "
    "A filter has weights for the cells of its window only, in every input channel.",
    "sharing_ignored": "You counted the weights once for each position of the window. "
    "A convolution uses the same weights at every position.",
    "sharing_assumed": "You counted the weights of one position only. "
    "Here they are not shared: every position has its own.",
    "kernel_side_only": "You multiplied by one side of the kernel. All cells of its window carry weights.",
    "swap_channels": "You swapped input and output channels: there is one bias for each filter, "
    "not for each input channel.",
    "sum_for_product": "You added where the numbers are multiplied: "
    "every input of a unit, or cell of a window in every channel, has a weight of its own.",
    "stride_multiplied": "You multiplied by the stride. It says how the window moves, not how large it is.",
    "padding_added": "You enlarged the kernel by the padding. Padding enlarges the input, not the kernel.",
    "groups_ignored": "You counted every filter with all input channels. "
    "In a grouped convolution it sees those of its group only.",
    "groups_on_filters": "You divided the number of filters by the groups. "
    "Groups divide the channels that a filter sees; all filters remain.",
    "one_group_only": "You counted one group. All groups have filters.",
    "multiplier_ignored": "You counted one filter for each group. The number of filters is stated.",
    "batchnorm_2_or_4": "You counted the moving mean and variance as well. "
    "They are kept, but not learned: only scale and shift are.",
    "batchnorm_per_cell": "You counted a scale and a shift for every cell. "
    "There is one pair for each channel.",
    "count_pool_params": "You gave every pooled map a coefficient and a bias, as LeNet-5 of 1998 did. "
    "Pooling as it is used today has nothing to learn.",
    "pool_window_counted": "You counted the cells of the pooling window as weights. "
    "Pooling has nothing to learn.",
    "pointwise_forgotten": "You left out the second step of the separable convolution, the 1 × 1 filters.",
    "depthwise_forgotten": "You left out the first step of the separable convolution, "
    "the filters of single channels.",
    "standard_for_separable": "You counted an ordinary convolution. "
    "A separable one filters every channel alone and then mixes the channels with 1 × 1 filters.",
    "first_layer_only": "You counted the first layer only. All layers are counted.",
    "stack_multiplied": "You multiplied the numbers of the layers. Those of layers in a row are added.",
    "flatten_wrong_layer": "You flattened the maps before the last pooling. "
    "What comes out of the layer right before is flattened.",
    "flatten_first_layer": "You flattened what comes out of the first layer. "
    "What comes out of the layer right before is flattened.",
    "flatten_input": "You flattened the input of the network. "
    "What comes out of the layer right before is flattened.",
    "dilation_as_size": "You took the span of the dilated window for its size. "
    "The size counts the cells that it touches; the gaps between them are the dilation.",
    "dilation_counted_from_0": "You counted the cells between neighbours. "
    "The dilation is their distance: 1 is the ordinary window without gaps.",
    "size_stride_swapped": "You swapped size and stride. "
    "The size is how many cells the window touches along an axis, the stride how far it moves.",
    "padding_not_seen": "You missed the padding. The first window begins outside the map.",
    "padding_of_both_sides": "You added up the padding of both sides. It is stated for one side.",
    "transposed_as_direct": "You took a transposed convolution for an ordinary one. "
    "Here every step reads one cell and writes a block.",
    "direct_as_transposed": "You took a window that slides for a transposed convolution. "
    "Here every step reads a block and writes one cell.",
    "pooling_as_convolution": "You took pooling for a convolution. "
    "The numbers tell them apart: compute one window each way.",
    "convolution_as_pooling": "You took a convolution for max pooling. "
    "The numbers tell them apart: compute one window each way.",
    "other_pooling": "You took one kind of pooling for the other. "
    "The numbers tell them apart: compute one window each way.",
    "bright_dark_swapped": "You swapped bright and dark. "
    "A detector answers with positive numbers where its positive weights lie on the brighter side.",
    "normalised_anyway": "You divided by the sum of the weights. The kernel is used as it stands: "
    "weights that add up to more than 1 make the image brighter.",
    "outline_for_sharpen": "You left the image itself out. Weights that add up to 0 leave outlines only; "
    "to sharpen, they add up to 1.",
    "sharpen_for_outline": "You kept the image itself. Weights that add up to 1 keep flat areas as they are; "
    "here they become 0, so the weights add up to 0.",
    "blur_for_sharpen": "You took sharpening for a blur. A blur has no negative weights; "
    "negative ones around the middle make differences larger.",
    "sharpen_for_blur": "You took a blur for sharpening. Without negative weights every cell becomes a mean, "
    "and differences get smaller.",
    "centred_on_cell": "You laid the middle of the window on the cell of the same row and column. "
    "Without padding the window begins there.",
    "gaps_counted": "You counted the cells in the gaps as well. "
    "A dilated kernel touches every so many cells only.",
    "last_kernel_only": "You used the window of the last layer only. "
    "Each layer before it widens what a unit sees.",
    "rf_sum_of_kernels": "You added the sizes of the kernels up. "
    "Each further layer adds one cell less than its kernel has, times the strides before it.",
    "padding_counted": "You counted cells of the padding. Padding is no part of the input.",
    "last_one_too_far": "You went one cell too far. "
    "A window of k cells ends k - 1 cells behind the one where it begins.",
    "one_map_only": "You counted the cells of one map only. "
    "A unit of a convolution sees its window in all maps of the input.",
    "axes_swapped": "You used the numbers for rows along the columns. "
    "The first of two numbers goes down, the second across.",
    "other_origin": "You counted rows and columns from the other origin. "
    "The question says whether the first one is 0 or 1.",
    "direct_as_backward": "You gave the window of the unit with the same number. "
    "Here the other direction is asked: which windows hold this input.",
    "bias_not_shared": "You counted a bias for every position. "
    "A filter shares its bias as it shares its weights.",
    "dense_assumed": "You connected every output with every input. "
    "Here an output is connected to the inputs in its window only.",
    "rows_run_on": "You went on with the next pixel at the end of a row of the window. "
    "The next row of the window lies below: its pixels stand one row of the image further on.",
    "padding_wraps": "You took pixels from the other end of a neighbouring row where the window hangs over "
    "the edge. Cells of the padding hold 0, so their terms drop out.",
    "row_not_ended": "You moved the window on although it had reached the right edge. "
    "The next cell begins a new row: the window goes back to the left edge, and down.",
    "down_for_across": "You moved the window down. Cells are filled row by row: "
    "the next one is to the right.",
}

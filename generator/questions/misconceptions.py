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
    "sharing_ignored": "You gave every position of the window weights of its own. "
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
    "always_for_sometimes": "You took what holds in some cases for a rule. "
    "Look for a case in which it fails.",
    "depth_for_space": "You mixed up the depth, which is the number of maps, with the size of the maps.",
    "learned_for_chosen": "You took for learned what is chosen before training: a hyper-parameter.",
    "chosen_for_learned": "You took for chosen before training what is learned from data: a parameter.",
    "pooling_learns": "You took pooling for a layer that learns. "
    "It only compares or averages, and has no weights.",
    "statements_inverted": "You took true statements for false ones, and false ones for true. "
    "Read again what is asked.",
    "order_reversed": "You wrote the steps from the last to the first.",
    "assume_full_padding": "You used every position at which the kernel touches the input at all. "
    "Only the padding that is stated counts.",
    "started_late": "You began one cell too late. "
    "The first window begins with the first cell, padding included.",
    "started_early": "You began one cell too early. "
    "The first window begins with the first cell, padding included.",
    "stride_within_window": "You let the window take every so many cells, as far apart as the stride. "
    "The stride says how far the window moves, not how far apart its cells are.",
    "first_weights_everywhere": "You used the weights of the first position everywhere. "
    "Here they are not shared: every position has its own.",
    "weights_not_moved": "You left the weights with the cells where they lay first, over and over. "
    "The whole kernel moves: its first weight meets the first cell of every window.",
    "operations_swapped": "You swapped the two operations. "
    "Cross-correlation uses the kernel as it stands, convolution turns it by 180° first.",
    "convolution_from_the_start": "You began the convolution before the input. "
    "Without padding both operations use the same windows; only the kernel is turned.",
    "sign_overlooked": "You counted a change of sign as no change. "
    "A kernel whose turned weights are the negative ones gives the negative output.",
    "library_convolution": "You took the name of the layer for its operation. "
    "What libraries call a convolution uses the kernel as it stands: it is the cross-correlation.",
    "axes_in_other_order": "You took the axes in the other order. "
    "The question says which one comes first; the last one runs fastest.",
    "column_major": "You went down the columns first. "
    "Values stand row by row: the column runs faster than the row.",
    "height_for_width": "You multiplied, or divided, by the height. "
    "A row has as many values as the image is wide.",
    "channels_forgotten": "You left the channels out. "
    "Every pixel has a value in each channel, and each value has an index of its own.",
    "channels_assumed": "You counted three channels. A grey image has one value for each pixel.",
    "index_off_by_one": "You counted the indices from the other origin. "
    "The question says whether the first one is 0 or 1.",
    "quotient_remainder_swapped": "You swapped quotient and remainder. "
    "The quotient tells how many whole rows lie before, the remainder the column.",
    "reshape_for_transpose": "You kept the index. "
    "In another order of the axes the same value stands at another place of the vector.",
    "axes_reversed": "You reversed all axes. "
    "Only the channels change their place: height stays before width.",
    "invariance_for_equivariance": "You took the output to stay as it was. "
    "Where the input moves, the output of a convolution moves as well (equivariance); and pooling hides "
    "only some shifts.",
    "moved_not_computed": "You moved the output instead of computing it anew. "
    "At the border, or where the stride does not divide the shift, the two differ.",
    "moved_by_full_shift": "You moved the output as far as the input. "
    "With a stride of s cells, s cells of the input are one of the output.",
    "moved_by_floor": "You divided the shift by the stride, rounded, and moved the output so far. "
    "Where the stride does not divide the shift, other windows are read: compute them.",
    "circular_for_zeros": "You let the map go on at its opposite edge. Here zeros stand outside it.",
    "zeros_for_circular": "You put zeros outside the map. Here it goes on at its opposite edge.",
    "shift_reversed": "You moved in the opposite direction.",
    "shifted_twice": "You moved the input, and then its output as well. The shift is applied once.",
    "kernel_shifted": "You moved the kernel. The input is moved, and the kernel stays as it is.",
    "row_vs_column_vector": "You wrote the matrix the other way round: its rows are your columns. "
    "Whether inputs belong to rows or to columns follows from how the vectors are written.",
    "circulant": "You let the window come in again at the front where it leaves at the end. "
    "Here a window that does not fit has no output, and padding is zeros.",
    "ignore_border": "You counted all weights for every output. "
    "At the border a part of the window lies on padding, and those weights are not in the matrix.",
    "stride_first_rows": "You moved the window by one cell from each output to the next. "
    "They are as far apart as the stride says.",
    "zero_taps_counted": "You counted entries of the kernel that are 0 among the non-zero entries.",
    "zero_taps_dropped": "You left out the entries of the kernel that are 0. "
    "They are weights as well: what is learned may be 0.",
    "dense_as_map": "You counted the cells of the input. "
    "A dense layer has a weight for every input of every output.",
    "share_of_nonzeros": "You gave the share of the entries that are not 0. The share of zeros is asked.",
    "tconv_forward_formula": "You took a transposed convolution for an ordinary one. "
    "Here every input cell writes a whole kernel, so the output is larger, not smaller.",
    "tconv_no_overlap_add": "You let a later result replace what an earlier one wrote. "
    "Where results overlap, they are added.",
    "tconv_padding_added": "You added the padding to the output. "
    "In a transposed convolution it is cut off, on both sides.",
    "tconv_ignore_stride": "You laid the results one cell apart. The stride says how far apart they lie.",
    "tconv_cropped_once": "You cut the padding off on one side only. It is cut off on both sides.",
    "tconv_not_cropped": "You left the padding out. In a transposed convolution it is cut off on both sides.",
    "tconv_both_side_output_padding": "You added the output padding on both sides. "
    "It is added at the end only: at the bottom and on the right.",
    "output_padding_forgotten": "You left the output padding out.",
    "tconv_output_padding_zeros": "You added zeros for the output padding. "
    "It keeps what would be cut off otherwise; zeros stand only beyond that.",
    "relu_after_pool": "You pooled before ReLU. A mean changes if negative numbers become 0 only afterwards.",
    "flatten_other_order": "You wrote the flat values in another order than this question does. "
    "It says which axis comes first.",
    "dense_bias_forgotten": "You left the biases of the dense layer out.",
    "weights_transposed": "You used the columns of the weight matrix. "
    "Each of its rows holds the weights of one unit.",
    "brightest_window": "You took the brightest window. The response also depends on the kernel: "
    "it is largest where bright cells meet positive weights, and dark ones negative weights.",
    "absolute_for_signed": "You took the response that is largest in absolute value. Here its sign counts.",
    "signed_for_absolute": "You took the largest response. In absolute value, a negative one can be larger.",
    "smallest_for_largest": "You took the smallest response. The largest one is asked.",
    "largest_for_smallest": "You took the largest response. The most negative one is asked.",
    "largest_pixel": "You looked for the brightest cell of the image. "
    "The response comes from a whole window and the kernel.",
    "largest_weights": "You took the kernel with the largest weights. "
    "The response also depends on the cells in the window.",
    "centre_for_cell": "You gave the centre of the window in the image. "
    "Here the row and column in the output map are asked.",
    "corner_for_cell": "You gave the first cell of the window in the image. "
    "Here the row and column in the output map are asked.",
    "cell_for_centre": "You gave the row and column in the output map. "
    "Here those of the window's centre in the image are asked.",
    "corner_for_centre": "You gave the first cell of the window. Here its centre is asked.",
    "rf_own_stride": "You multiplied by the stride of the layer itself as well. "
    "Its window steps over the map before it: only the strides of the layers before count.",
    "rf_last_stride_only": "You used the stride of one layer only. "
    "The jump is the product of the strides of all layers up to there.",
    "rf_ignore_pool": "You left the pooling out. Its window and its stride widen the field as well.",
    "rf_product_of_kernels": "You multiplied the sizes of the kernels. "
    "Each further layer adds one cell less than its kernel has, times the strides before it.",
    "rf_starts_at_0": "You began with no cell at all. "
    "An input sees 1 cell, itself, and every layer adds to that.",
    "rf_padding_changes": "You took the padding off the field. "
    "Padding decides where a field lies, not how large it is.",
    "rf_padding_unscaled": "You counted the padding of a later layer in cells of its own map. "
    "One cell of that map is as many cells of the input as the jump before the layer.",
    "channels_ignored": "You counted the cells of the windows only. "
    "A layer has so many weights for each pair of an input channel and a filter.",
    "mac_vs_flop": "You mixed up MACs and FLOPs. "
    "A multiply-accumulate (MAC) is two floating-point operations: a multiplication and an addition.",
    "drop_kernel_area": "You left out the cells of the window. "
    "At every position each cell of the window is multiplied, in every channel.",
    "input_side_for_output_side": "You multiplied by the size of the input. "
    "A convolution is computed once for every cell of its output.",
    "positions_forgotten": "You counted each weight once. It is used again at every position of the window.",
    "biases_in_macs": "You counted biases as well. They are added, and nothing is multiplied.",
    "pool_macs_counted": "You counted MACs for pooling. It has no weights to multiply with.",
    "last_layer_only": "You counted the last layer only. All layers are counted.",
    "ratio_inverted": "You divided the other way round.",
    "mega_vs_mebi": "You took another unit: "
    "kB, MB and GB are powers of 1000; KiB, MiB and GiB are powers of 1024.",
    "bits_vs_bytes": "You counted bits. A byte has 8 of them.",
    "gradients_forgotten": "You left the gradients out. Here training keeps one for each parameter.",
    "parameters_forgotten": "You left the parameters out. They are in memory as well.",
    "input_forgotten": "You left the input out. The image is in memory as well.",
    "batch_on_weights": "You multiplied the parameters by the batch. All images share them.",
    "batch_forgotten": "You counted one image. Every image of the batch has outputs of its own.",
    "all_layers_kept": "You added up what all layers put out. "
    "Inference needs the input and the output of one layer at a time.",
    "two_layers_kept": "You counted the input and the output of one layer. "
    "Training keeps what all layers put out, for the gradients.",
    "relu_abs": "You dropped the minus signs. A ReLU turns every negative number into 0.",
    "relu_skipped": "You left the numbers as they were. A ReLU turns negative numbers into 0, "
    "a leaky ReLU multiplies them by its slope.",
    "relu_negative_kept": "You kept the negative numbers and turned the positive ones into 0. "
    "A ReLU does the opposite.",
    "slope_wrong_side": "You multiplied the positive numbers by the slope. "
    "A leaky ReLU multiplies the negative ones.",
    "slope_forgotten": "You turned negative numbers into 0. A leaky ReLU multiplies them by its slope.",
    "slopes_swapped": "You used the slopes in another order. Every map has a slope of its own.",
    "step_swapped": "You swapped 0 and 1. The step function is 1 where its argument is not negative.",
    "sign_for_step": "You took the sign of the numbers. The step function has the values 0 and 1 only.",
    "sigmoid_sign": "You left the minus sign in the exponent out. "
    "The sigmoid is 1/(1 + e⁻ᶻ): it rises with z.",
    "tanh_for_sigmoid": "You took the hyperbolic tangent. "
    "The sigmoid is 1/(1 + e⁻ᶻ), with values between 0 and 1.",
    "sigmoid_for_tanh": "You took the sigmoid. The hyperbolic tangent has values between −1 and 1.",
    "no_exponential": "You divided the numbers themselves by their sum. "
    "A softmax takes the exponentials of all of them first.",
    "exponential_base_2": "You took powers of 2. A softmax takes powers of e.",
    "sigmoid_per_component": "You applied the sigmoid to every number by itself. "
    "A softmax divides each exponential by the sum of all, so that its values add up to 1.",
    "exponentials_not_normalised": "You stopped at the exponentials. "
    "A softmax divides each of them by the sum of all.",
    "largest_takes_all": "You gave all to the largest number. A softmax leaves a share to every one.",
    "relu_never_saturates": "You let a ReLU rise everywhere. "
    "Left of 0 it is flat: its derivative is 0 there, so it does saturate.",
    "value_for_derivative": "You wrote the values of the function. Its derivative says how steeply it rises.",
    "closed_interval": "You counted the ends of the interval. "
    "A sigmoid, a tanh and a softmax come as close to them as you like, but never reach them.",
    "activation_before_bias": "You added the bias after the function. "
    "It is added first, and the function is applied to the sum.",
    "log_base_2": "You took logarithms to the base 2. Here they are natural.",
    "log_base_10": "You took logarithms to the base 10. Here they are natural.",
    "log_sign": "You left the minus sign of the logarithm out. A loss of this kind is never negative.",
    "sum_not_mean": "You added the losses of the samples up. The loss of a batch is their mean.",
    "largest_probability": "You took the logarithm of the largest probability. "
    "The loss takes that of the true class, whatever was predicted.",
    "complement_probability": "You took the logarithm of 1 − p. "
    "The loss takes the probability p of the true class.",
    "loss_over_all_classes": "You added the logarithms of all classes up. "
    "The one-hot target leaves that of the true class only.",
    "label_for_prediction": "You wrote down the true class. The predicted class is the most probable one.",
    "class_from_other_origin": "You counted the classes from the other origin. "
    "The question says whether the first one is 0 or 1.",
    "arms_pooled": "You threw the data of all arms together. Each arm has a distribution of its own.",
    "arms_swapped": "You swapped the arms.",
    "joint_for_conditional": "You divided by the number of all trials. "
    "The distribution of an arm is a share of the trials of that arm.",
    "loss_of_most_frequent": "You took the logarithm of the most frequent reward only. "
    "The mean goes over all trials of the arm.",
    "losses_added": "You added the losses of the arms up. "
    "The loss is the mean over all trials, so each arm counts with its share of them.",
    "arms_weighted_alike": "You let all arms count alike. "
    "The loss is the mean over all trials, so each arm counts with its share of them.",
    "uniform_over_arms": "You spread the probability over the arms. It is spread over the rewards.",
    "regression_for_classification": "You let the network predict a number. "
    "Here it predicts a distribution: one probability for each possible reward.",
    "sigmoid_for_softmax": "You chose a sigmoid for each output. "
    "The rewards exclude each other, so their probabilities have to add up to 1.",
    "output_per_arm": "You gave the network one output for each arm. It has one for each possible reward.",
    "mean_over_positions": "You took the mean over the positions of the window. "
    "A weight that is used at every position gets the sum of what comes back from all of them.",
    "gradient_turned": "Your gradient of the kernel is turned by 180°. "
    "Each weight is paired with the cells that it met on the way forward.",
    "backward_kernel_turned": "You used the kernel the wrong way round on the way back. "
    "What comes back to a cell has passed the very weight that met this cell on the way forward.",
    "gradient_transposed": "You swapped the rows and columns of the gradient.",
    "forward_for_backward": "You filtered the input with the kernel once more, as on the way forward. "
    "For the gradient of the weights, the input is combined with the gradient of the output.",
    "stride_not_dilated": "You left the stride out on the way back. "
    "The windows lie a stride apart, as on the way forward.",
    "padding_shifted": "You laid the first window inside the image. It begins in the padding.",
    "bias_gradient_one": "You wrote the derivative of one output cell. "
    "The bias takes part in all of them, so its gradient is the sum of all that comes back.",
    "bias_one_cell": "You used the gradient of one output cell only. "
    "The bias takes part in all of them, so theirs are added.",
    "max_gradient_shared": "You shared the gradient of a window out among all of its cells. "
    "In max pooling its largest number gets all of it.",
    "gradient_to_all": "You gave the full gradient of a window to each of its cells. "
    "A maximum hands it to the largest number alone, and a mean divides it by the number of cells.",
    "avg_gradient_to_max": "You gave the gradient of a window to its largest number. "
    "In average pooling every cell gets the same share.",
    "relu_mask_forgotten": "You left the derivative of ReLU out. "
    "It is 0 where its input is negative, and no gradient passes there.",
    "relu_on_gradient": "You set the negative gradients to 0. "
    "ReLU stops the gradient where its input was negative, whatever sign the gradient has.",
    "outer_derivative_forgotten": "You left the derivative of the loss out. "
    "By the chain rule it is a factor of every gradient.",
    "target_minus_output": "You subtracted the output from the target. "
    "The derivative of half the squared error is output minus target.",
    "update_added": "You added the gradient. A step of gradient descent goes against it: it is subtracted.",
    "rate_forgotten": "You left the learning rate out. It multiplies the gradient, which is then subtracted.",
    "known_added": "You added what is known to the output. "
    "Brought to the other side of the equation, it is subtracted.",
    "not_divided": "You stopped one step too early: what is left is still to be divided by the factor "
    "of what is sought.",
    "neighbour_output": "You used the output cell beside the right one. "
    "A window belongs to the output cell at its own position.",
    "rows_run_on": "You went on with the next pixel at the end of a row of the window. "
    "The next row of the window lies below: its pixels stand one row of the image further on.",
    "padding_wraps": "You took pixels from the other end of a neighbouring row where the window hangs over "
    "the edge. Cells of the padding hold 0, so their terms drop out.",
    "row_not_ended": "You moved the window on although it had reached the right edge. "
    "The next cell begins a new row: the window goes back to the left edge, and down.",
    "down_for_across": "You moved the window down. Cells are filled row by row: "
    "the next one is to the right.",
    "rf_ignore_stride": "You left the strides out of the receptive field. "
    "Behind a stride, neighbouring cells of a map lie several cells of the input apart.",
}

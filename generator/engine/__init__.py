"""Exact tensor and shape arithmetic for convolutional networks; it knows nothing of exams.

Arrays are (C, *spatial) for images and (M, C / groups, *kernel) for kernels, in one dimension, two or
more, without a batch axis. Ints, Fractions and symbols give exact results; floats stay floats. Nothing
is changed in place. Names are imported from here: some functions are called like the file they live in.
"""

from .activations import leaky_relu, relu, sigmoid, softmax, step, tanh
from .arguments import ShapeError
from .convolution import conv
from .counting import Memory, activations, macs, memory_bytes, moving_statistics, parameters
from .digits import exp_digits, rounded, sigmoid_digits, softmax_digits, tanh_digits
from .exact import Array, array
from .gradients import conv_grad_bias, conv_grad_input, conv_grad_weight
from .layer_shapes import out_shape, shapes, weight_shape
from .layers import (
    Activation,
    BatchNorm,
    Conv,
    ConvTranspose,
    Dense,
    Flatten,
    GlobalPool,
    Layer,
    Pool,
)
from .losses import cross_entropy_digits, log_loss_digits
from .matrix import conv_matrix
from .padding import effective_kernel, resolve_padding
from .pool_gradient import pool_grad
from .pooling import pool
from .receptive_field import ReceptiveField, field_of, inputs_of, receptive_field
from .shapes import out_size, transposed_out_size
from .transposed import conv_transpose
from .windows import pad, windows

__all__ = [
    "Activation",
    "Array",
    "BatchNorm",
    "Conv",
    "ConvTranspose",
    "Dense",
    "Flatten",
    "GlobalPool",
    "Layer",
    "Memory",
    "Pool",
    "ReceptiveField",
    "ShapeError",
    "activations",
    "array",
    "conv",
    "conv_grad_bias",
    "conv_grad_input",
    "conv_grad_weight",
    "conv_matrix",
    "conv_transpose",
    "cross_entropy_digits",
    "effective_kernel",
    "exp_digits",
    "field_of",
    "inputs_of",
    "leaky_relu",
    "log_loss_digits",
    "macs",
    "memory_bytes",
    "moving_statistics",
    "out_shape",
    "out_size",
    "pad",
    "parameters",
    "pool",
    "pool_grad",
    "receptive_field",
    "relu",
    "resolve_padding",
    "rounded",
    "shapes",
    "sigmoid",
    "sigmoid_digits",
    "softmax",
    "softmax_digits",
    "step",
    "tanh",
    "tanh_digits",
    "transposed_out_size",
    "weight_shape",
    "windows",
]

/** Names of the seeded random kernels; they are TensorFlow's own, and its attributes are ours. */

export const randomUniformKernel = "StatelessRandomUniform";
export const randomNormalKernel = "StatelessRandomNormal";

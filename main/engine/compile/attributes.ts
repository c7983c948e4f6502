/** Attributes of graph nodes, from plain values and from what tfjs hands to the binding. */
import { Untraceable } from "./untraceable.ts";
import { messages, type AttrValue } from "./messages.ts";
import type { Binding, OperationAttribute } from "./native.ts";

/** TensorFlow's numbers for element types; the C and the graph interface share them. */
export const elementType = { float32: 1, int32: 3, uint8: 4, bool: 10 } as const;

export type ElementType = keyof typeof elementType;

const attribute = (write: (value: AttrValue) => void): AttrValue => {
  const value = new messages.AttrValue();
  write(value);
  return value;
};

const base64 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64");

function shapeMessage(shape: readonly number[]) {
  const message = new messages.TensorShape();
  for (const size of shape) {
    const dimension = new messages.TensorShape.Dim();
    dimension.setSize(size);
    message.addDim(dimension);
  }
  return message;
}

export const typeAttribute = (type: ElementType): AttrValue =>
  attribute((value) => {
    value.setType(elementType[type]);
  });

const intAttribute = (number: number): AttrValue =>
  attribute((value) => {
    value.setI(number);
  });

export const boolAttribute = (flag: boolean): AttrValue =>
  attribute((value) => {
    value.setB(flag);
  });

export const textAttribute = (text: string): AttrValue =>
  attribute((value) => {
    value.setS(base64(new TextEncoder().encode(text)));
  });

export const shapeAttribute = (shape: readonly number[]): AttrValue =>
  attribute((value) => {
    value.setShape(shapeMessage(shape));
  });

/** A constant's value. `bytes`: the elements as the processor stores them. */
export const tensorAttribute = (
  type: ElementType,
  shape: readonly number[],
  bytes: Uint8Array,
): AttrValue =>
  attribute((value) => {
    const tensor = new messages.Tensor();
    tensor.setDtype(elementType[type]);
    tensor.setTensorShape(shapeMessage(shape));
    tensor.setTensorContent(base64(bytes));
    value.setTensor(tensor);
  });

const intsAttribute = (numbers: number[]): AttrValue =>
  attribute((value) => {
    const list = new messages.AttrValue.ListValue();
    list.setIList(numbers);
    value.setList(list);
  });

const floatAttribute = (number: number): AttrValue =>
  attribute((value) => {
    value.setF(number);
  });

/** The same attribute as tfjs gives it to an operation that runs at once. Throws `Untraceable`. */
export function attributeOf(
  {
    TF_ATTR_TYPE,
    TF_ATTR_BOOL,
    TF_ATTR_FLOAT,
    TF_ATTR_STRING,
    TF_ATTR_INT,
    TF_ATTR_SHAPE,
  }: Binding,
  { name, type, value }: OperationAttribute,
  operation: string,
): AttrValue {
  if (type === TF_ATTR_TYPE)
    return attribute((message) => {
      message.setType(value as number);
    });
  if (type === TF_ATTR_BOOL) return boolAttribute(Boolean(value));
  if (type === TF_ATTR_FLOAT) return floatAttribute(value as number);
  if (type === TF_ATTR_STRING) return textAttribute(value as string);
  if (type === TF_ATTR_SHAPE) return shapeAttribute(value as number[]);
  if (type === TF_ATTR_INT) {
    return Array.isArray(value) ? intsAttribute(value) : intAttribute(value as number);
  }
  throw new Untraceable(`${operation} has an attribute «${name}» of a kind that is not known`);
}

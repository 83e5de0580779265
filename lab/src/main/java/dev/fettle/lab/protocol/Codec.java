package dev.fettle.lab.protocol;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Records as bytes, component by component: text, numbers, flags, arrays, lists, optionals and
 * records. Decoding allocates no more than a small multiple of what was received.
 */
final class Codec {
  private static final List<Class<?>> MESSAGES =
      Arrays.stream(Message.class.getPermittedSubclasses()).<Class<?>>map(c -> c).toList();
  private static final int DEPTH = 64;

  /** Reflection asks the JVM anew each time: what a record consists of is looked up once. */
  private static final ClassValue<Shape> SHAPES =
      new ClassValue<>() {
        @Override
        protected Shape computeValue(Class<?> type) {
          return Shape.of(type);
        }
      };

  /** A record's parts, in their order. */
  private record Shape(Method[] accessors, Type[] types, Constructor<?> constructor) {
    static Shape of(Class<?> type) {
      RecordComponent[] components = type.getRecordComponents();
      Method[] accessors = new Method[components.length];
      Type[] types = new Type[components.length];
      Class<?>[] raw = new Class<?>[components.length];
      for (int i = 0; i < components.length; i++) {
        accessors[i] = components[i].getAccessor();
        types[i] = components[i].getGenericType();
        raw[i] = components[i].getType();
      }
      try {
        return new Shape(accessors, types, type.getDeclaredConstructor(raw));
      } catch (NoSuchMethodException e) {
        throw new IllegalStateException("no record: " + type, e);
      }
    }
  }

  private Codec() {}

  static byte[] encode(Message message) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeByte(MESSAGES.indexOf(message.getClass()));
    writeRecord(out, message);
    return bytes.toByteArray();
  }

  static Message decode(byte[] bytes) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    int kind = in.readByte();
    if (kind < 0 || kind >= MESSAGES.size()) {
      throw new IOException("no message is numbered " + kind);
    }
    return (Message) read(in, MESSAGES.get(kind), 0);
  }

  private static void writeRecord(DataOutputStream out, Object record) throws IOException {
    for (Method accessor : SHAPES.get(record.getClass()).accessors()) {
      try {
        write(out, accessor.invoke(record));
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("cannot read " + accessor, e);
      }
    }
  }

  private static void write(DataOutputStream out, Object value) throws IOException {
    if (value instanceof String text) {
      writeBytes(out, text.getBytes(StandardCharsets.UTF_8));
    } else if (value instanceof byte[] bytes) {
      writeBytes(out, bytes);
    } else if (value instanceof int[] numbers) {
      out.writeInt(numbers.length);
      for (int number : numbers) {
        out.writeInt(number);
      }
    } else if (value instanceof Integer number) {
      out.writeInt(number);
    } else if (value instanceof Long number) {
      out.writeLong(number);
    } else if (value instanceof Boolean flag) {
      out.writeBoolean(flag);
    } else if (value instanceof Optional<?> optional) {
      write(out, optional.map(List::<Object>of).orElse(List.of()));
    } else if (value instanceof List<?> list) {
      out.writeInt(list.size());
      for (Object element : list) {
        write(out, element);
      }
    } else {
      writeRecord(out, value);
    }
  }

  private static void writeBytes(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static Object read(DataInputStream in, Type type, int depth) throws IOException {
    if (depth > DEPTH) {
      throw new IOException("a message nested deeper than " + DEPTH);
    }
    if (type == String.class) {
      return new String(readBytes(in), StandardCharsets.UTF_8);
    } else if (type == byte[].class) {
      return readBytes(in);
    } else if (type == int[].class) {
      int[] numbers = new int[length(in)];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = in.readInt();
      }
      return numbers;
    } else if (type == int.class || type == Integer.class) {
      return in.readInt();
    } else if (type == long.class) {
      return in.readLong();
    } else if (type == boolean.class) {
      return in.readBoolean();
    } else if (type instanceof ParameterizedType generic) {
      List<Object> list = readList(in, generic.getActualTypeArguments()[0], depth);
      return generic.getRawType() == Optional.class ? list.stream().findFirst() : list;
    }
    return readRecord(in, (Class<?>) type, depth);
  }

  private static List<Object> readList(DataInputStream in, Type element, int depth)
      throws IOException {
    int size = length(in);
    List<Object> list = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      list.add(read(in, element, depth + 1));
    }
    return list;
  }

  private static Object readRecord(DataInputStream in, Class<?> type, int depth)
      throws IOException {
    Shape shape = SHAPES.get(type);
    Object[] values = new Object[shape.types().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = read(in, shape.types()[i], depth + 1);
    }
    try {
      return shape.constructor().newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IOException("cannot build " + type.getName(), e);
    }
  }

  private static byte[] readBytes(DataInputStream in) throws IOException {
    return in.readNBytes(length(in));
  }

  private static int length(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > in.available()) {
      throw new IOException("a length of " + length + " where " + in.available() + " are left");
    }
    return length;
  }
}

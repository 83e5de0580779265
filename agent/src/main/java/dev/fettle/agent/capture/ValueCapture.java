package dev.fettle.agent.capture;

import dev.fettle.agent.redact.Redactor;
import dev.fettle.wire.Value;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Collection;
import java.util.ConcurrentModificationException;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Makes {@link Copier}s. Immutable, thread-safe. */
public final class ValueCapture {
  private static final int NESTING = 10;
  private static final String LOCKS = "reading it takes its lock";

  private final Redactor redactor;
  private final CaptureLimits limits;
  private final Shapes shapes;
  private final Containers containers = new Containers();
  private final Locking locking = new Locking();

  /**
   * @param application whether a class of that binary name is the application's
   */
  public ValueCapture(Redactor redactor, CaptureLimits limits, Predicate<String> application) {
    this.redactor = redactor;
    this.limits = limits;
    this.shapes = new Shapes(application, limits.fields());
  }

  /** A copier for one failure. */
  public Copier copier() {
    return new Copier();
  }

  /**
   * Copies the values of one failure's frames; knows which objects it has copied already. Confined
   * to a thread. Whoever holds it holds what it copied, so let go of it soon.
   */
  public final class Copier {
    private record Seen(int identity, int depth) {}

    private final IdentityHashMap<Object, Seen> seen = new IdentityHashMap<>();
    private int valuesLeft = limits.values();
    private int charactersLeft = limits.characters();
    private int floor;
    private int identities;

    /** Whether there is room for another frame. */
    public boolean hasRoom() {
      return valuesLeft > 0 && charactersLeft > 0;
    }

    /**
     * Lets the next frame use at most two thirds of what is left, so that callers get their share.
     */
    public void nextFrame() {
      floor = valuesLeft / 3;
    }

    /**
     * @param name of the variable; decides on redaction
     * @param declared binary name of the declared type, for null
     */
    public Value copy(String name, String declared, @Nullable Object value) {
      return named(name, declared, value, 0, 0);
    }

    private Value named(
        String name, String declared, @Nullable Object value, int depth, int nesting) {
      if (value == null || value instanceof Boolean || value instanceof Enum) {
        return copy(declared, value, depth, nesting);
      }
      String secret = redactor.secretName(name);
      if (secret != null && !isEntered(value)) {
        String type = value.getClass().getName();
        CharSequence plain = value instanceof String text ? text : Plain.text(value);
        return redactor.withheld(type, secret, plain);
      }
      return copy(declared, value, depth, nesting);
    }

    /** An application object keeps its structure; what is secret in it has a name of its own. */
    private boolean isEntered(Object value) {
      return !value.getClass().isArray()
          && !(value instanceof Iterable)
          && !(value instanceof Map)
          && shapes.get(value.getClass()) instanceof Shapes.Shape.Fields;
    }

    private Value copy(String declared, @Nullable Object value, int depth, int nesting) {
      if (value == null) {
        valuesLeft--;
        return new Value.Null(declared);
      }
      String type = value.getClass().getName();
      if (--valuesLeft < floor || charactersLeft <= 0) {
        return new Value.Opaque(type, "no room left");
      }
      if (value instanceof String text) {
        return text(type, text);
      }
      if (value instanceof Enum<?> constant) {
        return new Value.EnumConstant(constant.getDeclaringClass().getName(), constant.name());
      }
      String plain = Plain.text(value);
      if (plain != null) {
        return scalar(primitiveOr(declared, type), plain);
      }
      String secret = redactor.secretType(type);
      if (secret != null) {
        return redactor.withheld(type, secret, null);
      }
      return nesting >= NESTING
          ? new Value.Opaque(type, "too deep")
          : structure(type, value, depth, nesting);
    }

    private static String primitiveOr(String declared, String type) {
      boolean primitive = declared.indexOf('.') < 0 && Character.isLowerCase(declared.charAt(0));
      return primitive && !declared.isEmpty() ? declared : type;
    }

    private Value text(String type, CharSequence text) {
      charactersLeft -= Math.min(text.length(), Redactor.TEXT_LIMIT) + 16;
      return redactor.text(type, text);
    }

    private Value text(String type, String head, StringBuffer buffer) {
      Value value = text(type, head);
      return value instanceof Value.Text text
          ? new Value.Text(type, text.text(), Math.max(head.length(), locking.length(buffer)))
          : value;
    }

    private Value scalar(String type, String text) {
      charactersLeft -= text.length() + 16;
      if (text.length() <= 64) {
        return text.length() >= 13
                && redactor.text(type, text) instanceof Value.Redacted withheld
                && !type.startsWith("java.time.")
                && !type.equals("java.util.UUID")
            ? withheld
            : new Value.Scalar(type, text);
      }
      return text.length() <= Redactor.TEXT_LIMIT && redactor.text(type, text) instanceof Value.Text
          ? new Value.Scalar(type, text)
          : new Value.Opaque(type, "too long");
    }

    private Value structure(String type, Object value, int depth, int nesting) {
      if (value instanceof StringBuilder text) {
        return text(type, text);
      }
      if (value instanceof StringBuffer buffer) {
        String head = locking.text(buffer, Redactor.TEXT_LIMIT);
        return head == null ? new Value.Opaque(type, LOCKS) : text(type, head, buffer);
      }
      if (value.getClass().isArray()) {
        return array(type, value, depth, nesting);
      }
      if (value instanceof Optional<?> optional) {
        List<Value> content =
            optional.isPresent()
                ? List.of(copy("java.lang.Object", optional.get(), depth, nesting + 1))
                : List.of();
        return new Value.Sequence(type, content.size(), content);
      }
      Object shown = containers.unwrapped(value);
      List<Map.Entry<?, ?>> table = locking.entries(shown, limits.elements());
      if (table != null) {
        return mapping(type, locking.count(shown), table, depth, nesting);
      }
      if (containers.isMap(shown)) {
        Map<?, ?> map = (Map<?, ?>) shown;
        return mapping(type, map.size(), map.entrySet(), depth, nesting);
      }
      List<?> vector = locking.list(shown);
      if (vector != null || containers.isCollection(shown)) {
        return collection(type, vector == null ? (Collection<?>) shown : vector, depth, nesting);
      }
      return object(type, value, depth, nesting);
    }

    private Value array(String type, Object array, int depth, int nesting) {
      int size = Array.getLength(array);
      String element = array.getClass().getComponentType().getName();
      List<Value> elements = new ArrayList<>();
      for (int i = 0; i < size && i < limits.elements() && hasFrameRoom(); i++) {
        elements.add(copy(element, Array.get(array, i), depth, nesting + 1));
      }
      return new Value.Sequence(type, size, elements);
    }

    private boolean hasFrameRoom() {
      return valuesLeft > floor && charactersLeft > 0;
    }

    private Value collection(String type, Collection<?> collection, int depth, int nesting) {
      List<Value> elements = new ArrayList<>();
      int size = collection.size();
      try {
        Iterator<?> iterator = collection.iterator();
        while (elements.size() < limits.elements() && hasFrameRoom() && iterator.hasNext()) {
          elements.add(copy("java.lang.Object", iterator.next(), depth, nesting + 1));
        }
      } catch (ConcurrentModificationException e) {
        // another thread changes it: what was read so far is as true as anything
        return new Value.Sequence(type, Math.max(size, elements.size()), elements);
      }
      return new Value.Sequence(type, Math.max(size, elements.size()), elements);
    }

    private Value mapping(
        String type, int size, Collection<? extends Map.Entry<?, ?>> all, int depth, int nesting) {
      List<Value.Entry> entries = new ArrayList<>();
      try {
        Iterator<? extends Map.Entry<?, ?>> iterator = all.iterator();
        while (entries.size() < limits.elements() && hasFrameRoom() && iterator.hasNext()) {
          Map.Entry<?, ?> entry = iterator.next();
          String name = entry.getKey() instanceof String text ? text : "";
          entries.add(
              new Value.Entry(
                  copy("java.lang.Object", entry.getKey(), depth, nesting + 1),
                  named(name, "java.lang.Object", entry.getValue(), depth, nesting + 1)));
        }
      } catch (ConcurrentModificationException e) {
        return new Value.Mapping(type, Math.max(size, entries.size()), entries);
      }
      return new Value.Mapping(type, Math.max(size, entries.size()), entries);
    }

    private Value object(String type, Object value, int depth, int nesting) {
      Seen before = seen.get(value);
      if (before != null && before.depth <= depth) {
        return new Value.Reference(type, before.identity);
      }
      Shapes.Shape shape = shapes.get(value.getClass());
      if (shape instanceof Shapes.Shape.Closed closed) {
        return new Value.Opaque(type, closed.reason());
      }
      Shapes.Shape.Fields readable = (Shapes.Shape.Fields) shape;
      // what a library's object holds is rarely wanted and often large
      int reach = readable.library() ? limits.depth() - 1 : limits.depth();
      if (depth >= reach) {
        return new Value.Opaque(type, "too deep");
      }
      int identity = ++identities;
      seen.put(value, new Seen(identity, depth));
      int inner = readable.library() ? limits.depth() - 1 : depth + 1;
      List<Value.Field> fields = new ArrayList<>();
      for (Field field : readable.fields()) {
        fields.add(field(field, value, inner, nesting + 1));
      }
      return new Value.Composite(type, identity, fields);
    }

    private Value.Field field(Field field, Object owner, int depth, int nesting) {
      String declared = field.getType().getName();
      Value value;
      try {
        value = named(field.getName(), declared, field.get(owner), depth, nesting);
      } catch (IllegalAccessException e) {
        value = new Value.Opaque(declared, "not accessible");
      }
      return new Value.Field(field.getName(), field.getDeclaringClass().getName(), value);
    }
  }
}

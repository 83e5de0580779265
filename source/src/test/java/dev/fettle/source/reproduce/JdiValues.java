package dev.fettle.source.reproduce;

import com.sun.jdi.ArrayReference;
import com.sun.jdi.ClassType;
import com.sun.jdi.Field;
import com.sun.jdi.InvocationException;
import com.sun.jdi.Method;
import com.sun.jdi.ObjectReference;
import com.sun.jdi.PrimitiveValue;
import com.sun.jdi.ReferenceType;
import com.sun.jdi.StringReference;
import com.sun.jdi.ThreadReference;
import com.sun.jdi.Value;
import dev.fettle.contract.model.CapturedValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads values of a suspended program the way an agent captures them: bounded, as a tree. */
final class JdiValues {
  private static final int DEPTH = 3;
  private final ThreadReference thread;
  private final Set<Long> met = new HashSet<>();

  JdiValues(ThreadReference thread) {
    this.thread = thread;
  }

  CapturedValue read(Value value, String declared, int depth) {
    if (value == null) {
      return new CapturedValue.Null(declared);
    }
    if (value instanceof PrimitiveValue p) {
      return new CapturedValue.Scalar(p.type().name(), p.toString());
    }
    if (value instanceof StringReference s) {
      String text = s.value();
      return new CapturedValue.Text(
          "java.lang.String", text.substring(0, Math.min(255, text.length())), text.length());
    }
    ObjectReference object = (ObjectReference) value;
    String type = object.referenceType().name();
    if (object instanceof ArrayReference array) {
      return sequence(type.replaceAll("\\[]$", "") + "[]", array.getValues(), depth);
    }
    if (object.referenceType() instanceof ClassType c && c.isEnum()) {
      return new CapturedValue.EnumConstant(type, text(call(object, "name")));
    }
    if (plain(type)) {
      return new CapturedValue.Scalar(type, text(call(object, "toString")));
    }
    if (is(object.referenceType(), "java.util.Collection")) {
      return sequence(type, elements(call(object, "toArray")), depth);
    }
    if (type.equals("java.util.Optional")) {
      Value content = object.getValue(object.referenceType().fieldByName("value"));
      return sequence(type, content == null ? List.of() : List.of(content), depth);
    }
    if (is(object.referenceType(), "java.util.Map")) {
      return mapping(object, type, depth);
    }
    return composite(object, type, depth);
  }

  private CapturedValue sequence(String type, List<Value> values, int depth) {
    List<CapturedValue> elements = new ArrayList<>();
    for (Value v : values.subList(0, Math.min(100, values.size()))) {
      elements.add(read(v, "java.lang.Object", depth + 1));
    }
    return new CapturedValue.Sequence(type, values.size(), elements);
  }

  private CapturedValue mapping(ObjectReference map, String type, int depth) {
    List<CapturedValue.Entry> entries = new ArrayList<>();
    ObjectReference set = (ObjectReference) call(map, "entrySet");
    for (Value v : elements(call(set, "toArray"))) {
      ObjectReference entry = (ObjectReference) v;
      entries.add(
          new CapturedValue.Entry(
              read(call(entry, "getKey"), "java.lang.Object", depth + 1),
              read(call(entry, "getValue"), "java.lang.Object", depth + 1)));
    }
    return new CapturedValue.Mapping(type, entries.size(), entries);
  }

  private CapturedValue composite(ObjectReference object, String type, int depth) {
    int identity = (int) object.uniqueID();
    if (!met.add(object.uniqueID())) {
      return new CapturedValue.Reference(type, identity);
    }
    if (depth >= DEPTH || type.contains("Lambda")) {
      met.remove(object.uniqueID());
      return new CapturedValue.Opaque(type, "too deep");
    }
    List<CapturedValue.Field> fields = new ArrayList<>();
    for (Field f : object.referenceType().allFields()) {
      if (!f.isStatic() && !f.isSynthetic() && fields.size() < 20) {
        fields.add(
            new CapturedValue.Field(
                f.name(),
                f.declaringType().name(),
                read(object.getValue(f), f.typeName(), depth + 1)));
      }
    }
    return new CapturedValue.Composite(type, identity, fields);
  }

  private static boolean plain(String type) {
    return type.startsWith("java.time.")
        || type.startsWith("java.math.")
        || type.equals("java.util.UUID")
        || type.equals("java.util.Locale")
        || type.startsWith("java.lang.") && !type.contains("$") && !type.equals("java.lang.Object");
  }

  private static boolean is(ReferenceType type, String name) {
    return type instanceof ClassType c
        && c.allInterfaces().stream().anyMatch(i -> i.name().equals(name));
  }

  private static String text(Value value) {
    return ((StringReference) value).value();
  }

  List<Value> elements(Value array) {
    return ((ArrayReference) array).getValues();
  }

  /** Calls a method without arguments. */
  Value call(ObjectReference object, String name) {
    Method method =
        object.referenceType().methodsByName(name).stream()
            .filter(m -> m.argumentTypeNames().isEmpty() && !m.isAbstract())
            .findFirst()
            .orElseThrow();
    try {
      return object.invokeMethod(thread, method, List.of(), ObjectReference.INVOKE_SINGLE_THREADED);
    } catch (InvocationException
        | com.sun.jdi.InvalidTypeException
        | com.sun.jdi.ClassNotLoadedException
        | com.sun.jdi.IncompatibleThreadStateException e) {
      throw new AssertionError(e);
    }
  }
}

package dev.fettle.source.reproduce;

/**
 * Where a value stands: a field of a class, or a parameter of a method.
 *
 * @param owner internal name of the class, followed by {@code .name+descriptor} for a parameter
 * @param name of the field, or the index of the parameter
 */
record Slot(String owner, String name) {
  static final Slot NOWHERE = new Slot("", "");

  static Slot field(String owner, String name) {
    return new Slot(owner, name);
  }

  static Slot parameter(String owner, String method, String descriptor, int index) {
    return new Slot(owner + "." + method + descriptor, String.valueOf(index));
  }
}

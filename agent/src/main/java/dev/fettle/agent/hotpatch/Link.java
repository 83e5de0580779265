package dev.fettle.agent.hotpatch;

/**
 * Something that patched code reaches through a method handle because it cannot name it.
 *
 * @param owner internal name of the running class whose eyes see it
 * @param key under which the handle is kept
 * @param holder internal name of the class that names the member
 */
record Link(String owner, String key, Kind kind, String holder, String name, String descriptor) {
  enum Kind {
    /** A static method of a hidden class of the patch. */
    HIDDEN,
    STATIC,
    VIRTUAL,
    /** A superclass's method. */
    SPECIAL,
    GET,
    PUT,
    GET_STATIC,
    PUT_STATIC
  }
}

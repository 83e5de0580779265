package dev.fettle.agent.weave;

/** Told what weaving made of classes. */
public interface WeaveListener {
  /** An application class is about to exist. {@code name} is its binary name. */
  void learned(String name, ClassFacts facts);

  /** A class was left as it was because weaving it failed. */
  void failed(String name, Throwable why);
}

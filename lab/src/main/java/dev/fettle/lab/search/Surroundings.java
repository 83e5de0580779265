package dev.fettle.lab.search;

import dev.fettle.lab.protocol.Message;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URL;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the laboratory's session lends to a {@link Program}. */
public interface Surroundings {
  /** The class file of a class under test; null when the directories have none. */
  byte @Nullable [] application(String className) throws IOException;

  /** The class file of a library's or the platform's class; null when there is none. */
  byte @Nullable [] library(String className) throws IOException;

  /** Where the classes and resources under test lie. */
  URL[] directories();

  /** The packages of libraries and of the code under test. */
  Set<String> packages() throws IOException;

  /** Copies a throwable of the code under test. */
  Message.Thrown copy(Throwable thrown);

  /** Tells the server something before the answer. */
  void send(Message message) throws IOException;

  /** Where nothing is printed to. */
  PrintStream silent();
}

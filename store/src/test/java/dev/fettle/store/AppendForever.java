package dev.fettle.store;

import dev.fettle.contract.model.JournalEntry;
import dev.fettle.contract.model.JournalEntry.State;
import dev.fettle.contract.model.JournalEntry.Step;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;

/** A process that appends from four threads until it is killed and prints what is durable. */
final class AppendForever {
  private AppendForever() {}

  public static void main(String[] arguments) {
    SqlStore store = SqlStore.open(Path.of(arguments[0]), InstantSource.system());
    PrintStream out =
        new PrintStream(new java.io.FileOutputStream(java.io.FileDescriptor.out), true);
    for (int i = 0; i < 4; i++) {
      new Thread(
              () -> {
                while (true) {
                  JournalEntry stored = store.append(Records.entry(1, Step.PLAN, State.DONE));
                  synchronized (out) {
                    out.println(stored.sequence());
                  }
                }
              })
          .start();
    }
  }
}

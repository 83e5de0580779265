package dev.fettle.lab.search;

import dev.fettle.lab.protocol.Message;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Files that hold many candidates. What the compiler refuses is dropped with its whole candidate
 * and the rest compiled again, until nothing is refused: an error in one candidate would make
 * others throw at run time.
 */
final class Parts {
  private static final int ROUNDS = 12;

  private final List<Message.PartedFile> files;
  private final BatchCompiler compiler;
  private final Set<Integer> together = new HashSet<>();

  Parts(List<Message.PartedFile> files, BatchCompiler compiler) {
    this.files = files;
    this.compiler = compiler;
  }

  /**
   * Compiles everything, and again without what was refused; removes from {@code live} the
   * candidates that lost a part of their own.
   *
   * @return empty when the compiler refused something that no candidate owns
   */
  Optional<BatchCompiler.Compiled> compile(Set<Integer> live) {
    Set<Integer> gone = new HashSet<>();
    for (int round = 0; round < ROUNDS; round++) {
      List<BatchCompiler.Unit> units = new ArrayList<>();
      Map<String, TreeMap<Integer, Integer>> owners = new HashMap<>();
      for (Message.PartedFile file : files) {
        TreeMap<Integer, Integer> starts = new TreeMap<>();
        StringBuilder text = new StringBuilder();
        for (Message.Part part : file.parts()) {
          if (stands(part, live, gone)) {
            starts.put(text.length(), part.owner());
            text.append(part.text());
          }
        }
        owners.put(file.path(), starts);
        units.add(new BatchCompiler.Unit(file.path(), text.toString()));
      }
      BatchCompiler.Compiled compiled = compiler.compile(units);
      if (compiled.faults().isEmpty()) {
        for (Message.PartedFile file : files) {
          for (Message.Part part : file.parts()) {
            if (gone.contains(part.owner())) {
              live.remove(part.owner());
            } else if (gone.contains(part.within()) && live.remove(part.owner())) {
              together.add(part.owner());
            }
          }
        }
        together.removeAll(gone);
        return Optional.of(compiled);
      }
      Set<Integer> dropped = new HashSet<>();
      for (BatchCompiler.Fault fault : compiled.faults()) {
        TreeMap<Integer, Integer> starts = owners.get(fault.path());
        Map.Entry<Integer, Integer> owner =
            starts == null ? null : starts.floorEntry(fault.offset());
        if (owner != null && owner.getValue() >= 0) {
          dropped.add(owner.getValue());
        }
      }
      if (!gone.addAll(dropped)) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  /** Candidates without an error of their own that went with what they share with others. */
  Set<Integer> refusedTogether() {
    return together;
  }

  /** A part stands while its owner does, and what it is within. */
  private static boolean stands(Message.Part part, Set<Integer> live, Set<Integer> gone) {
    boolean wanted =
        part.owner() < 0 || part.owner() >= Message.Part.SHARED || live.contains(part.owner());
    return wanted && !gone.contains(part.owner()) && !gone.contains(part.within());
  }
}

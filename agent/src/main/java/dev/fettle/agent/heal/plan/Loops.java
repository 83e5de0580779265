package dev.fettle.agent.heal.plan;

import dev.fettle.agent.heal.SiteFacts.Loop;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.LineNumberNode;

/** The loops of a method: each place that is jumped back to. */
final class Loops {
  private final CodeFacts code;
  private final Statements statements;
  private final List<Loop> all = new ArrayList<>();

  Loops(CodeFacts code, Statements statements) {
    this.code = code;
    this.statements = statements;
    Map<Integer, Integer> ends = new TreeMap<>();
    for (int i = 0; i < code.code.length; i++) {
      if (code.code[i].getOpcode() >= 0 && code.depth[i] >= 0) {
        for (int next : code.successors(i)) {
          if (next <= i && code.isLeader(next)) {
            ends.merge(next, i, Math::max);
          }
        }
      }
    }
    ends.forEach((head, last) -> all.add(loop(head, last)));
    all.sort(Comparator.comparingInt(l -> l.last() - l.first()));
  }

  /** Innermost first. */
  List<Loop> around(int index) {
    return all.stream().filter(l -> l.first() <= index && index <= l.last()).toList();
  }

  private Loop loop(int head, int last) {
    int behind = last + 1;
    while (behind < code.code.length && !code.isLeader(behind)) {
      behind++;
    }
    int exit = behind < code.code.length ? behind : -1;
    return new Loop(head, head, last, next(head, last), exit);
  }

  private int next(int head, int last) {
    if (code.code[last].getOpcode() != Opcodes.GOTO) {
      // the condition is at the end
      return code.leaders[statements.first(code.regionOf[last])];
    }
    int update = updateByLine(head, last);
    return update >= 0 ? update : updateByIncrement(head, last);
  }

  /** javac gives the update of a {@code for} the line of its header. */
  private int updateByLine(int head, int last) {
    int line = code.lineOf(head);
    for (int i = last; i > head && line > 0; i--) {
      if (code.code[i] instanceof LineNumberNode number) {
        int at = code.after(i);
        return number.line == line && at < last && code.isLeader(at) ? at : -1;
      }
    }
    return -1;
  }

  private int updateByIncrement(int head, int last) {
    int region = code.regionOf[last];
    int at = code.leaders[region];
    boolean ownRegion = at == last;
    int before = ownRegion && region > 0 ? code.leaders[region - 1] : at;
    return before > head && code.code[before] instanceof IincInsnNode ? before : head;
  }
}

package dev.fettle.sandbox;

import dev.fettle.lab.protocol.Message;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A patch and added files in class files.
 *
 * @param main changed main classes by binary name, of all modules
 * @param overlay main and test classes to lay over the directories
 * @param recompiled top-level main classes whose old class files count no more
 * @param changedMethods {@code class#name(descriptor)}
 * @param reshaped whether more than the bodies of methods can be seen to have changed
 */
record Compiled(
    Map<String, byte[]> main,
    List<Message.ClassBytes> overlay,
    List<String> recompiled,
    List<String> changedMethods,
    boolean reshaped) {

  static final Compiled NOTHING = new Compiled(Map.of(), List.of(), List.of(), List.of(), false);

  /** This, then what another module compiled. */
  Compiled and(Message.Compiled next) {
    Map<String, byte[]> allMain = new LinkedHashMap<>(main);
    next.main().stream()
        .filter(c -> !next.unchanged().contains(c.name()))
        .forEach(c -> allMain.put(c.name(), c.bytes()));
    List<Message.ClassBytes> allOverlay = new ArrayList<>(overlay);
    allOverlay.addAll(next.main());
    allOverlay.addAll(next.tests());
    List<String> allRecompiled = new ArrayList<>(recompiled);
    allRecompiled.addAll(next.recompiled());
    List<String> allChanged = new ArrayList<>(changedMethods);
    allChanged.addAll(next.changedMethods());
    return new Compiled(
        allMain, allOverlay, allRecompiled, allChanged, reshaped || next.reshaped());
  }

  /** The main classes, to compile against. */
  List<Message.ClassBytes> given() {
    return main.entrySet().stream()
        .map(e -> new Message.ClassBytes(e.getKey(), e.getValue()))
        .toList();
  }

  /** Binary names of the classes that the changed methods belong to. */
  List<String> changedClasses() {
    return changedMethods.stream().map(m -> m.substring(0, m.indexOf('#'))).distinct().toList();
  }
}

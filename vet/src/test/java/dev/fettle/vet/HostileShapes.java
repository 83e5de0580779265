package dev.fettle.vet;

import java.util.List;

/**
 * Snippets that must be refused or stopped. The values: 0 a live ArrayList, 1 an application's
 * subclass of ArrayList, 2 a live StringBuilder, 3 an application's object, 4 a live map with an
 * application's key, 5 a text, 6 an int[], 7 a box, 8 an application's Comparable.
 */
final class HostileShapes {
  private HostileShapes() {}

  static final List<Shape> ALL =
      List.of(
          // out of the program
          refused("exit", "System.exit(1);", "calls java/lang/System.exit"),
          refused("halt", "Runtime.getRuntime().halt(1);", "calls java/lang/Runtime"),
          refused("exec", "Runtime.getRuntime().exec(\"id\");", "calls java/lang/Runtime"),
          refused("process", "new ProcessBuilder(\"id\").start();", "names"),
          refused(
              "shutdown hook",
              "Runtime.getRuntime().addShutdownHook(new Thread());",
              "calls java/lang/Runtime"),
          refused("environment", "v[0] = System.getenv();", "calls java/lang/System.getenv"),
          refused(
              "property",
              "System.setProperty(\"a\", \"b\");",
              "calls java/lang/System.setProperty"),
          refused("print", "System.out.println(1);", "field java/lang/System.out"),
          refused(
              "file", "v[0] = new java.io.File(\"/etc/passwd\").length();", "names java.io.File"),
          refused(
              "path",
              "java.nio.file.Files.deleteIfExists(java.nio.file.Path.of(\"x\"));",
              "calls java/nio/file/Path"),
          refused("socket", "new java.net.Socket(\"127.0.0.1\", 1);", "names java.net.Socket"),
          refused("native", cls("static native void n(); " + plain("n();")), "method"),
          refused("load library", "System.loadLibrary(\"x\");", "calls java/lang/System"),
          refused(
              "deserialization",
              "new java.io.ObjectInputStream(null).readObject();",
              "names java.io.ObjectInputStream"),
          // reflection and the like
          refused("for name", "Class.forName(\"a.B\");", "calls java/lang/Class"),
          refused("class of", "v[0] = v[1].getClass();", "calls java/lang/Object.getClass"),
          refused("class literal", "v[0] = String.class;", "a constant of kind"),
          refused("primitive class", "v[0] = int.class;", "field java/lang/Integer.TYPE"),
          refused(
              "class loader", "ClassLoader.getSystemClassLoader();", "calls java/lang/ClassLoader"),
          refused(
              "method handles",
              "java.lang.invoke.MethodHandles.lookup();",
              "calls java/lang/invoke"),
          refused(
              "unsafe by reflection",
              "Class.forName(\"sun.misc.Unsafe\").getDeclaredField(\"theUnsafe\");",
              "calls java/lang/Class"),
          refused(
              "var handle",
              "java.lang.invoke.MethodHandles.arrayElementVarHandle(null);",
              "calls java/lang/invoke"),
          refused("stack walker", "StackWalker.getInstance();", "calls java/lang/StackWalker"),
          // threads and locks
          refused("thread", "new Thread().start();", "names java.lang.Thread"),
          refused("sleep", "Thread.sleep(1000000);", "calls java/lang/Thread"),
          refused("wait", "v[0].wait();", "calls java/lang/Object.wait"),
          refused("notify", "v[0].notifyAll();", "calls java/lang/Object.notifyAll"),
          refused("synchronized", "synchronized (v) { v[0] = 1; }", "synchronized"),
          refused(
              "synchronized method",
              cls("static synchronized Object[] heal(Object[] v) { return v; }"),
              "method flags"),
          refused("thread local", "new ThreadLocal<String>().set(\"x\");", "names"),
          refused(
              "lock", "new java.util.concurrent.locks.ReentrantLock().lock();", "names java.util"),
          // code that is hard to follow
          refused("lambda", "Runnable r = () -> {}; r.run();", ""),
          refused("method reference", "Runnable r = System::gc; r.run();", "invokedynamic"),
          refused(
              "stream", "v[0] = ((List<?>) v[0]).stream().count();", "calls java/util/List.stream"),
          refused(
              "for each with a function",
              "((List<?>) v[0]).forEach(null);",
              "calls java/util/List.forEach"),
          refused(
              "compute", "((Map<Object, Object>) v[4]).compute(1, null);", "calls java/util/Map"),
          refused("optional", "v[0] = Optional.of(1);", "calls java/util/Optional"),
          refused(
              "pattern switch by string constant of another class",
              "v[0] = Locale.ROOT;",
              "field java/util/Locale.ROOT"),
          refused("anonymous class", "v[0] = new Object() {};", "an inner class"),
          refused("local class", "class L {} v[0] = new L();", "an inner class"),
          refused(
              "second method",
              cls(
                  "static int f(int n) { return n; } static Object[] heal(Object[] v) {"
                      + " v[0] = f(1); return v; }"),
              "method f"),
          refused(
              "recursion",
              cls("static Object[] heal(Object[] v) { return heal(v); }"),
              "calls FettleSnippet.heal"),
          refused(
              "static initializer",
              cls("static { int i = 1; } " + plain("v[0] = 1;")),
              "method <clinit>"),
          refused("field of its own", cls("int x; " + plain("v[0] = 1;")), "a field"),
          refused("static state", cls("static int x; " + plain("x = 1;")), "a field"),
          refused(
              "finalizer",
              cls("protected void finalize() {} " + plain("v[0] = 1;")),
              "method finalize"),
          refused(
              "interface",
              "final class FettleSnippet implements Runnable { public void run() {} "
                  + plain("v[0] = 1;")
                  + "}",
              "an interface"),
          refused(
              "superclass",
              "final class FettleSnippet extends java.util.ArrayList<Object> { "
                  + plain("v[0] = 1;")
                  + "}",
              "superclass"),
          refused(
              "annotation",
              "@Deprecated final class FettleSnippet { " + plain("v[0] = 1;") + "}",
              ""),
          refused("assertion", "assert v.length > 0;", ""),
          refused("enum of the JDK", "v[0] = Thread.State.NEW;", "field java/lang/Thread$State"),
          // big and slow
          refused("format", "v[0] = String.format(\"%1000000000d\", 1);", "calls java/lang/String"),
          refused("formatted", "v[0] = \"%9d\".formatted(1);", "calls java/lang/String"),
          refused("regular expression", "v[0] = \"a\".matches(\"(a*)*b\");", "calls"),
          refused("replace all", "v[0] = \"a\".replaceAll(\"(a*)*b\", \"\");", "calls"),
          refused(
              "charset", "v[0] = \"a\".getBytes(\"utf-8\");", "calls java/lang/String.getBytes"),
          refused("intern", "\"a\".intern();", "calls java/lang/String.intern"),
          refused("chars", "\"a\".chars();", "calls java/lang/String.chars"),
          refused("copies", "v[0] = Collections.nCopies(1000000000, 1);", "calls"),
          refused("power", "v[0] = BigInteger.TEN.pow(1000000000);", "field java/math/BigInteger"),
          refused(
              "shift", "v[0] = BigInteger.valueOf(1).shiftLeft(2000000000);", "calls java/math"),
          refused(
              "plain string",
              "v[0] = new BigDecimal(\"1e99\").toPlainString();",
              "calls java/math/BigDecimal.toPlainString"),
          refused("rescaling", "v[0] = new BigDecimal(\"1\").setScale(2000000000);", "calls"),
          refused("array of arrays", "v[0] = new int[1000][1000];", "an array of several"),
          refused("random", "v[0] = Math.random();", "calls java/lang/Math.random"),
          refused("time", "v[0] = System.nanoTime();", "calls java/lang/System"),
          refused("garbage collection", "System.gc();", "calls java/lang/System"),
          refused("array copy", "System.arraycopy(v, 0, v, 1, 1);", "calls java/lang/System"),
          refused("clone of live array", "v[0] = v.clone();", "calls [Ljava/lang/Object;.clone"),
          refused("array as list", "v[0] = Arrays.asList(v);", "calls java/util/Arrays.asList"),
          refused("locale", "v[0] = \"a\".toUpperCase(Locale.ROOT);", "field"),
          refused("date format", "new java.text.SimpleDateFormat(\"y\");", "names java.text"),
          refused("service loader", "ServiceLoader.load(null);", ""),
          refused(
              "resource bundle", "ResourceBundle.getBundle(\"x\");", "calls java/util/Resource"),
          refused("sorting by a comparator", "((List<Object>) v[0]).sort(null);", "calls"),
          refused(
              "tree with a comparator",
              "v[0] = new TreeMap<>((Comparator) null);",
              "names java.util.Comparator"),
          refused("iterator of a list", "((List<?>) v[0]).listIterator();", "calls"),
          // exceptions
          refused("catch throwable", "try { v[0] = 1; } catch (Throwable t) {}", "catches"),
          refused("catch error", "try { v[0] = 1; } catch (Error t) {}", "catches java.lang.Error"),
          refused(
              "catch stack overflow",
              "try { v[0] = 1; } catch (StackOverflowError t) {}",
              "catches java.lang.StackOverflowError"),
          refused(
              "message of an exception",
              "try { v[0] = (Integer) v[5]; } catch (Exception e) { v[0] = e.getMessage(); }",
              "calls java/lang/Exception.getMessage"),
          refused(
              "trace of an exception",
              "try { v[0] = (Integer) v[5]; } catch (Exception e) { e.printStackTrace(); }",
              "calls java/lang/Exception.printStackTrace"),
          refused(
              "cause of an exception",
              "try { v[0] = (Integer) v[5]; } catch (Exception e) { v[0] = e.getCause(); }",
              "calls java/lang/Exception.getCause"),
          refused(
              "throwing an error",
              "if (v != null) throw new Error(\"x\");",
              "names java.lang.Error"),
          refused("unicode escapes", "Sys\\u0074em.exit(1);", "calls java/lang/System.exit"),
          // names that lie
          refused(
              "another class's name",
              "final class Other { static Object[] heal(Object[] v) { return v; } }"
                  + " class FettleSnippetNot {}",
              "class Other"),
          refused("the meter itself", "new dev.fettle.vet.Meter();", "names dev.fettle.vet.Meter"),
          refused("a token", "((dev.fettle.vet.Token) v[3]).hashCode();", "names dev.fettle.vet"),
          refused("thrown in a shadowed package", "heal.Guard.go();", "does not compile"),
          // used up
          stopped("endless loop", "while (v != null) { v[0] = 1; }"),
          stopped("empty endless loop", "for (; v != null; ) {}"),
          stopped("endless do", "int i = 0; do { i++; } while (i != -1);"),
          stopped(
              "finally that goes on",
              "while (v != null) { try { v[0] = 1; } finally { if (v != null) continue; } }"),
          stopped(
              "finally that goes on twice",
              "while (v != null) { try { while (v != null) { try { v[0] = 1; } finally { if (v != null)"
                  + " continue; } } } finally { if (v != null) continue; } }"),
          stopped(
              "swallowed exceptions",
              "while (v != null) { try { v[0] = (Integer) v[5]; } catch (RuntimeException e) {} }"),
          stopped(
              "swallowed null",
              "while (v != null) { try { ((String) null).length(); } catch (Exception e) {} }"),
          stopped("huge array", "v[0] = new long[Integer.MAX_VALUE - 8];"),
          stopped("huge array of objects", "v[0] = new Object[300000];"),
          stopped("many arrays", "for (int i = 0; i < 90000; i++) { v[0] = new int[100]; }"),
          stopped("doubled text", "String s = \"ab\"; for (int i = 0; i < 40; i++) { s = s + s; }"),
          stopped("repeat", "v[0] = \"ab\".repeat(1000000000);"),
          stopped("replace by much", "String s = \"a\".repeat(3000); v[0] = s.replace(\"a\", s);"),
          stopped("builder capacity", "v[0] = new StringBuilder(Integer.MAX_VALUE - 8);"),
          stopped("builder length", "new StringBuilder().setLength(Integer.MAX_VALUE - 8);"),
          stopped("list capacity", "v[0] = new ArrayList<Object>(Integer.MAX_VALUE - 8);"),
          stopped("copy to much", "v[0] = Arrays.copyOf(new int[1], Integer.MAX_VALUE - 8);"),
          stopped(
              "growing list",
              "List<Object> l = new ArrayList<>(); while (v != null) { l.add(1); }"),
          stopped(
              "doubling list",
              "List<Object> l = new ArrayList<>(); l.add(1); while (v != null) { l.addAll(new"
                  + " ArrayList<Object>(l)); }"),
          stopped("adds all of itself", "List<Object> l = (List<Object>) v[0]; l.addAll(l);"),
          stopped("list in itself", "List<Object> l = new ArrayList<>(); l.add(l); l.hashCode();"),
          stopped(
              "two lists in each other",
              "List<Object> a = new ArrayList<>(), b = new ArrayList<>(); a.add(b); b.add(a);"
                  + " a.toString();"),
          stopped(
              "map in itself",
              "Map<Object, Object> m = new HashMap<>(); m.put(1, m); m.hashCode();"),
          stopped(
              "map that holds its entries",
              "Map<Object, Object> m = new HashMap<>(); m.put(1, m.entrySet()); m.hashCode();"),
          stopped(
              "entries in a list in the map",
              "Map<Object, Object> m = new HashMap<>(); m.put(1, 1); List<Object> l = new"
                  + " ArrayList<>(m.entrySet()); m.put(1, l); l.toString();"),
          stopped(
              "entry taken out of its map",
              "Map<Object, Object> m = new HashMap<>(); m.put(1, 1); List<Object> l = new"
                  + " ArrayList<>(); for (Map.Entry<Object, Object> e : m.entrySet()) l.add(e);"),
          stopped(
              "array that hides a view",
              "Map<Object, Object> m = new HashMap<>(); Object[] a = new Object[1];"
                  + " a[0] = m.entrySet();"),
          stopped(
              "deep lists",
              "List<Object> a = new ArrayList<>(); List<Object> top = a; for (int i = 0; i < 5000;"
                  + " i++) { List<Object> b = new ArrayList<>(); a.add(b); a = b; } top.hashCode();"),
          stopped("huge exponent", "new BigDecimal(\"1e999999999\").add(new BigDecimal(\"1\"));"),
          stopped("huge exponent as int", "v[0] = new BigDecimal(\"1e999999999\").intValue();"),
          stopped("huge exponent given back", "v[0] = new BigDecimal(\"1e999999999\");"),
          stopped("long digits", "v[0] = new BigInteger(\"9\".repeat(50000));"),
          stopped(
              "squares",
              "BigInteger b = BigInteger.valueOf(3); while (v != null) { b = b.multiply(b); }"),
          stopped("split at a pattern", "v[0] = ((String) v[5]).split(\"(x+)+y\");"),
          stopped(
              "many exceptions",
              "for (int i = 0; i < 90000; i++) { v[0] = new IllegalStateException(\"x\"); }"),
          stopped(
              "quadratic search",
              "String s = \"a\".repeat(5000); v[0] = s.indexOf(\"a\".repeat(2500) + \"b\");"),
          // the program's own objects
          failed("size of an application's list", "v[0] = ((List<?>) v[1]).size();"),
          failed("get of an application's list", "v[0] = ((List<?>) v[1]).get(0);"),
          failed("cast to ArrayList", "((ArrayList<Object>) v[1]).add(1);"),
          failed("compare an application's object", "v[0] = ((Comparable) v[8]).compareTo(1);"),
          failed("sorting applications' objects", "Map m = new TreeMap(); m.put(v[8], 1);"),
          failed("iterating an application's list", "for (Object o : (Iterable<?>) v[1]) {}"));

  private static Shape refused(String name, String code, String reason) {
    return new Shape(name, code, "refused: " + reason);
  }

  private static Shape stopped(String name, String code) {
    return new Shape(name, code, "stopped");
  }

  private static Shape failed(String name, String code) {
    return new Shape(name, code, "failed");
  }

  private static String cls(String members) {
    return "final class FettleSnippet { " + members + " }";
  }

  private static String plain(String code) {
    return "static Object[] heal(Object[] v) throws Exception { " + code + " return v; }";
  }
}

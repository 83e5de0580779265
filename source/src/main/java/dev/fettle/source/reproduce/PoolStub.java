package dev.fettle.source.reproduce;

import org.objectweb.asm.tree.MethodNode;

/** Writes a stub of a pool that counts what was taken and not given back. */
final class PoolStub {
  private static final String MOCKITO = "org/mockito/Mockito";

  private final Stubs stubs;
  private final TestCode code;

  PoolStub(Stubs stubs, TestCode code) {
    this.stubs = stubs;
    this.code = code;
  }

  /** The pool in a variable. */
  Expr write(Pool pool, JavaType type, String hint) {
    MethodNode taken =
        stubs
            .declared(pool.method())
            .orElseThrow(() -> new NotBuildable("unknown method " + pool.method().name()));
    JavaType counter = JavaType.of("java/util/concurrent/atomic/AtomicInteger");
    JavaType resource = JavaType.of(pool.resource());
    JavaType refusal = JavaType.of(pool.refusal());
    if (!code.accessible(type) || !code.accessible(resource) || !code.accessible(refusal)) {
      throw new NotBuildable("cannot name " + pool.owner());
    }
    String mock = code.staticMethod(MOCKITO, "mock");
    String doAnswer = code.staticMethod(MOCKITO, "doAnswer");
    String open = code.declare(counter, "open", "new " + code.raw(counter) + "()");
    String given =
        code.declare(
            resource,
            resource.simpleName(),
            mock
                + "("
                + code.raw(resource)
                + ".class, "
                + code.name(MOCKITO)
                + ".RETURNS_DEEP_STUBS)");
    String call = code.variable("call");
    code.add(doAnswer + "(" + call + " -> {");
    code.add("  " + open + ".decrementAndGet();");
    code.add("  return null;");
    code.add("}).when(" + given + ").close();");
    String variable = code.declare(type, hint, mock + "(" + code.raw(type) + ".class)");
    code.add(doAnswer + "(" + call + " -> {");
    code.add("  if (" + open + ".incrementAndGet() > " + Pool.SIZE + ") {");
    code.add(
        "    throw new "
            + code.raw(refusal)
            + "(\""
            + Pool.SIZE
            + " were taken and not given back\");");
    code.add("  }");
    code.add("  return " + given + ";");
    code.add(
        "}).when("
            + variable
            + ")."
            + pool.method().name()
            + "("
            + stubs.matchers(pool.method(), taken)
            + ");");
    code.note(hint + " is a stub with " + Pool.SIZE + " to give, as a pool that runs out.");
    return new Expr(variable, type);
  }
}

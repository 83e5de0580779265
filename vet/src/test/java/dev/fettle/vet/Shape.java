package dev.fettle.vet;

/**
 * A snippet of the corpus.
 *
 * @param code statements of the one method, or a whole compilation unit when it names the class
 * @param verdict the start of what must become of it
 */
record Shape(String name, String code, String verdict) {
  private static final String FRAME =
      "import java.util.*;\nimport java.math.*;\n"
          + "final class FettleSnippet { @SuppressWarnings({\"all\", \"unchecked\"})\n"
          + " static Object[] heal(Object[] v) throws Exception {\n";

  String source() {
    return code.contains("class FettleSnippet")
        ? code
        : FRAME + code + "\n" + (code.contains("return ") ? "" : "return v;") + "}}";
  }
}

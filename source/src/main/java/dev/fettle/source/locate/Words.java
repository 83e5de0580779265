package dev.fettle.source.locate;

import com.sun.source.tree.Tree;
import dev.fettle.source.java.JavaFile;

/** Source in sentences. */
final class Words {
  private Words() {}

  /** In back quotes, on one line, cut when long. */
  static String quoted(JavaFile file, Tree tree) {
    String text = file.source(tree).replaceAll("\\s+", " ").trim().replace('`', '\'');
    return '`' + (text.length() > 80 ? text.substring(0, 77) + "..." : text) + '`';
  }
}

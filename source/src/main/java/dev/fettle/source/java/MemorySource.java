package dev.fettle.source.java;

import java.net.URI;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.NestingKind;
import javax.tools.SimpleJavaFileObject;
import org.jspecify.annotations.Nullable;

/** A source text under the name of its file. */
final class MemorySource extends SimpleJavaFileObject {
  private final String text;

  MemorySource(String path, String text) {
    super(URI.create("mem:///" + path.replaceAll("[^A-Za-z0-9_$./]", "_")), Kind.SOURCE);
    this.text = text;
  }

  @Override
  public CharSequence getCharContent(boolean ignoreEncodingErrors) {
    return text;
  }

  /** Whatever the file is called: repositories hold odd names. */
  @Override
  public boolean isNameCompatible(String simpleName, Kind kind) {
    return true;
  }

  @Override
  public @Nullable NestingKind getNestingKind() {
    return null;
  }

  @Override
  public @Nullable Modifier getAccessLevel() {
    return null;
  }
}

package dev.fettle.testkit.road;

import dev.fettle.contract.spi.SourceTree;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A tree of texts that lie nowhere. Immutable. */
public final class TextTree implements SourceTree {
  private final String revision;
  private final Map<String, String> texts;

  public TextTree(String revision, Map<String, String> texts) {
    this.revision = revision;
    this.texts = new TreeMap<>(texts);
  }

  @Override
  public String revision() {
    return revision;
  }

  @Override
  public Path repository() {
    return Path.of("/nowhere/repository");
  }

  @Override
  public Path root() {
    return Path.of("/nowhere/tree");
  }

  @Override
  public List<String> paths() {
    return List.copyOf(texts.keySet());
  }

  @Override
  public Optional<String> text(String path) {
    return Optional.ofNullable(texts.get(path));
  }
}

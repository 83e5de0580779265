package dev.fettle.bench.repair;

import dev.fettle.contract.spi.SourceTree;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A tree of one file that is on no disk.
 *
 * @param root stands for a directory; nothing is read there
 */
public record ItemTree(String revision, Path root, String path, String source)
    implements SourceTree {
  @Override
  public Path repository() {
    return root;
  }

  @Override
  public List<String> paths() {
    return List.of(path);
  }

  @Override
  public Optional<String> text(String wanted) {
    return wanted.equals(path) ? Optional.of(source) : Optional.empty();
  }
}

package dev.fettle.sandbox.build;

import dev.fettle.contract.spi.SourceTree;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Who shares what builds fetch from the network. */
public enum Fetched {
  /** Each repository has a cache of its own: no build plants what another one runs. */
  APART {
    @Override
    String cacheOf(SourceTree tree) {
      String repository = tree.repository().toAbsolutePath().normalize().toString();
      return UUID.nameUUIDFromBytes(repository.getBytes(StandardCharsets.UTF_8)).toString();
    }
  },
  /**
   * All share one cache: for checkouts that one user names on the command line, whose builds share
   * the user's own repository anyway.
   */
  TOGETHER {
    @Override
    String cacheOf(SourceTree tree) {
      return "shared";
    }
  };

  /** A directory name for what builds of the tree's repository fetch. */
  abstract String cacheOf(SourceTree tree);
}

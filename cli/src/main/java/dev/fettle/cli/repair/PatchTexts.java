package dev.fettle.cli.repair;

import dev.fettle.checkout.FolderTree;
import dev.fettle.contract.model.Patch;
import dev.fettle.contract.spi.SourceTree;
import dev.fettle.delivery.change.FileChange;
import dev.fettle.delivery.change.UnifiedDiff;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Patches as whole files and as diffs, in the encoding of each file. */
final class PatchTexts {
  private static final String MARK = "\uFEFF";

  private PatchTexts() {}

  /** New contents by path, bytes as the tree would hold them. */
  static Map<String, byte[]> changes(SourceTree tree, Patch patch) throws IOException {
    Map<String, byte[]> changes = new LinkedHashMap<>();
    for (String path : patch.paths()) {
      byte[] raw = Files.readAllBytes(tree.root().resolve(path));
      Charset charset = FolderTree.charset(raw);
      String text = tree.text(path).orElseThrow(() -> new IOException("the tree lost " + path));
      String mark = marked(raw, charset) && !text.startsWith(MARK) ? MARK : "";
      changes.put(path, (mark + patch.apply(path, text)).getBytes(charset));
    }
    return changes;
  }

  private static boolean marked(byte[] raw, Charset charset) {
    return charset.equals(StandardCharsets.UTF_8)
        && new String(raw, 0, Math.min(3, raw.length), charset).startsWith(MARK);
  }

  /** A diff against the tree; byte for byte the file's own encoding. */
  static byte[] diff(SourceTree tree, Map<String, byte[]> changes) throws IOException {
    ByteArrayOutputStream diff = new ByteArrayOutputStream();
    List<FileChange> one = new ArrayList<>();
    for (Map.Entry<String, byte[]> change : changes.entrySet()) {
      byte[] raw = Files.readAllBytes(tree.root().resolve(change.getKey()));
      Charset charset = FolderTree.charset(raw);
      one.clear();
      one.add(
          new FileChange(
              change.getKey(),
              Optional.of(new String(raw, charset)),
              new String(change.getValue(), charset)));
      diff.writeBytes(UnifiedDiff.of(one).getBytes(charset));
    }
    return diff.toByteArray();
  }
}

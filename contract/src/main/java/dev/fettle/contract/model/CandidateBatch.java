package dev.fettle.contract.model;

import java.util.List;

/**
 * Many candidates in one text. Text that belongs to a candidate is dropped with it when the
 * compiler refuses it. The rest switches on {@code dev.fettle.lab.search.Fuel.candidate} to the
 * code of the candidate that runs; 0 is the unchanged program.
 *
 * @param files every editable file that a candidate changes
 * @param candidates their numbers, positive, in the order of running
 */
public record CandidateBatch(List<PartedFile> files, List<Integer> candidates) {
  public CandidateBatch {
    files = List.copyOf(files);
    candidates = List.copyOf(candidates);
  }

  /**
   * A piece of a file.
   *
   * @param owner what is dropped when the compiler refuses this text: a candidate, or a number of
   *     its own from {@link #SHARED} on; -1 for text that belongs to all
   * @param within an owner with which this text is dropped, too; -1 for none
   */
  public record Part(int owner, int within, String text) {
    /** Larger than the number of any candidate. */
    public static final int SHARED = 1 << 20;

    /** Text that stands for itself. */
    public Part(int owner, String text) {
      this(owner, -1, text);
    }
  }

  /** A file as the sequence of its parts. */
  public record PartedFile(String path, List<Part> parts) {
    public PartedFile {
      parts = List.copyOf(parts);
    }
  }
}

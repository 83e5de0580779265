package dev.fettle.source.locate;

import com.sun.source.tree.Tree;
import dev.fettle.contract.model.Suspect;
import dev.fettle.source.java.JavaFile;

/** A suspect still as a tree. {@code score} in [0, 1]; {@code evidence} is one sentence. */
record Finding(JavaFile file, Tree tree, Suspect.Role role, double score, String evidence) {}

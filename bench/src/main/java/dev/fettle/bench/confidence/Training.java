package dev.fettle.bench.confidence;

import dev.fettle.engine.confidence.ConfidenceModel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Fits logistic regression with an L2 penalty on standardized features by Newton's method
 * (iteratively reweighted least squares). Deterministic; each problem weighs the same, however many
 * patches it has.
 */
final class Training {
  private static final int ROUNDS = 50;
  private static final double STILL = 1e-9;

  private final double penalty;

  /**
   * @param penalty on squared weights of standardized features, above 0
   */
  Training(double penalty) {
    this.penalty = penalty;
  }

  ConfidenceModel fit(List<JudgedPatch> patches) {
    List<String> names =
        List.copyOf(
            patches.stream()
                .flatMap(p -> p.features().keySet().stream())
                .collect(java.util.stream.Collectors.toCollection(TreeSet::new)));
    double[] weights = weights(patches);
    double[] means = new double[names.size()];
    double[] deviations = new double[names.size()];
    double[][] rows = rows(patches, names, weights, means, deviations);
    double[] solution = newton(rows, patches, weights);
    Map<String, ConfidenceModel.Weight> model = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      if (deviations[i] > 0) {
        model.put(
            names.get(i), new ConfidenceModel.Weight(solution[i + 1] / deviations[i], means[i]));
      }
    }
    return new ConfidenceModel(solution[0], model);
  }

  private static double[] weights(List<JudgedPatch> patches) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    patches.forEach(p -> counts.merge(p.problem(), 1, Integer::sum));
    return patches.stream()
        .mapToDouble(
            p -> (double) patches.size() / counts.size() / counts.getOrDefault(p.problem(), 1))
        .toArray();
  }

  /** Standardized features behind a leading 1; a feature that never varies becomes 0. */
  private static double[][] rows(
      List<JudgedPatch> patches,
      List<String> names,
      double[] weights,
      double[] means,
      double[] deviations) {
    double total = java.util.Arrays.stream(weights).sum();
    double[][] rows = new double[patches.size()][names.size() + 1];
    for (int j = 0; j < names.size(); j++) {
      for (int i = 0; i < patches.size(); i++) {
        rows[i][j + 1] = patches.get(i).features().getOrDefault(names.get(j), 0.0);
        means[j] += weights[i] * rows[i][j + 1] / total;
      }
      double squares = 0;
      for (int i = 0; i < patches.size(); i++) {
        double off = rows[i][j + 1] - means[j];
        squares += weights[i] * off * off / total;
      }
      deviations[j] = squares < 1e-12 ? 0 : Math.sqrt(squares);
      for (int i = 0; i < patches.size(); i++) {
        rows[i][j + 1] = deviations[j] == 0 ? 0 : (rows[i][j + 1] - means[j]) / deviations[j];
      }
    }
    for (double[] row : rows) {
      row[0] = 1;
    }
    return rows;
  }

  private double[] newton(double[][] rows, List<JudgedPatch> patches, double[] weights) {
    int n = rows[0].length;
    double[] beta = new double[n];
    for (int round = 0; round < ROUNDS; round++) {
      double[][] hessian = new double[n][n];
      double[] gradient = new double[n];
      for (int i = 0; i < rows.length; i++) {
        double p = probability(beta, rows[i]);
        double error = (patches.get(i).passes() ? 1 : 0) - p;
        double curve = Math.max(1e-9, p * (1 - p)) * weights[i];
        for (int a = 0; a < n; a++) {
          gradient[a] += weights[i] * error * rows[i][a];
          for (int b = 0; b < n; b++) {
            hessian[a][b] += curve * rows[i][a] * rows[i][b];
          }
        }
      }
      for (int a = 0; a < n; a++) {
        double ridge = a == 0 ? 1e-6 : penalty;
        gradient[a] -= ridge * beta[a];
        hessian[a][a] += ridge;
      }
      double[] step = solved(hessian, gradient);
      double moved = 0;
      for (int a = 0; a < n; a++) {
        double bounded = Math.max(-2, Math.min(2, step[a]));
        beta[a] += bounded;
        moved = Math.max(moved, Math.abs(bounded));
      }
      if (moved < STILL) {
        break;
      }
    }
    return beta;
  }

  private static double probability(double[] beta, double[] row) {
    double sum = 0;
    for (int a = 0; a < beta.length; a++) {
      sum += beta[a] * row[a];
    }
    return 1 / (1 + Math.exp(-sum));
  }

  /** Gaussian elimination with pivoting; the penalty keeps the matrix regular. */
  private static double[] solved(double[][] matrix, double[] right) {
    int n = right.length;
    for (int column = 0; column < n; column++) {
      int pivot = column;
      for (int row = column + 1; row < n; row++) {
        if (Math.abs(matrix[row][column]) > Math.abs(matrix[pivot][column])) {
          pivot = row;
        }
      }
      double[] swapped = matrix[pivot];
      matrix[pivot] = matrix[column];
      matrix[column] = swapped;
      double other = right[pivot];
      right[pivot] = right[column];
      right[column] = other;
      for (int row = column + 1; row < n; row++) {
        double factor = matrix[row][column] / matrix[column][column];
        for (int k = column; k < n; k++) {
          matrix[row][k] -= factor * matrix[column][k];
        }
        right[row] -= factor * right[column];
      }
    }
    double[] solution = new double[n];
    for (int row = n - 1; row >= 0; row--) {
      double rest = right[row];
      for (int k = row + 1; k < n; k++) {
        rest -= matrix[row][k] * solution[k];
      }
      solution[row] = rest / matrix[row][row];
    }
    return solution;
  }
}

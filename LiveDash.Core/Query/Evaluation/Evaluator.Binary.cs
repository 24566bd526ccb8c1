using LiveDash.Core.Query.Data;
using LiveDash.Core.Query.Tree;

namespace LiveDash.Core.Query.Evaluation;

internal sealed partial class Evaluator
{
    private List<StepSeries> Binary(BinaryExpr binary, StepGrid grid)
    {
        if (binary.Left.Kind == ValueKind.Scalar) return WithScalar(binary, Vector(binary.Right, grid), Scalar(binary.Left, grid), true);
        if (binary.Right.Kind == ValueKind.Scalar) return WithScalar(binary, Vector(binary.Left, grid), Scalar(binary.Right, grid), false);
        var left = Vector(binary.Left, grid);
        var right = Vector(binary.Right, grid);
        budget.AddNumbers((long)(left.Count + right.Count) * grid.Count);
        return binary.Operator.IsSet() ? SetOperation.Of(binary, left, right, grid.Count) : new VectorJoin(binary, grid.Count).Of(left, right);
    }

    private static List<StepSeries> WithScalar(BinaryExpr binary, List<StepSeries> series, double[] scalar, bool scalarIsLeft)
    {
        var keepsName = binary.Operator.IsComparison() && !binary.ReturnsBool;
        foreach (var one in series)
        {
            var values = one.Values;
            for (var i = 0; i < values.Length; i++)
            {
                var value = values[i];
                if (value.IsAbsent()) continue;
                values[i] = scalarIsLeft
                    ? Operators.Step(binary.Operator, binary.ReturnsBool, scalar[i], value, value)
                    : Operators.Step(binary.Operator, binary.ReturnsBool, value, scalar[i], value);
            }
        }

        return keepsName ? series : SeriesMerge.Of(series.ConvertAll(static one => one with { Labels = one.Labels.WithoutName() }));
    }
}

namespace LiveDash.Core.Storage.Blocks;

/// <summary>
/// Makes summaries of points, or coarser ones of summaries: for each step in which there are any a row with time, id, value and place of the last, the least, the greatest, the sum and the number of all. Least,
/// greatest and number are exact however often that is done, and sums as long as they are rounded once (Neumaier 1974). Senders' ids are left out. Stateless.
/// </summary>
internal static class SummaryRoll
{
    /// <summary>The rows.</summary>
    /// <param name="points">Ordered by (time, id).</param>
    /// <param name="step">How long a step is, in ticks; steps lie on its multiples.</param>
    public static PointColumns Of(PointView points, long step)
    {
        var rows = new PointColumns();
        for (var i = 0; i < points.Count;)
        {
            var index = points.Times[i] / step;
            double min = double.PositiveInfinity, max = double.NegativeInfinity, sum = 0, lost = 0, count = 0;
            for (; i < points.Count && points.Times[i] / step == index; i++)
            {
                var one = points.Summaries is { } summaries
                    ? (Min: summaries.Min[i], Max: summaries.Max[i], Sum: summaries.Sum[i], Count: summaries.Count[i])
                    : (points.Values[i], points.Values[i], points.Values[i], 1);
                min = Math.Min(min, one.Min);
                max = Math.Max(max, one.Max);
                count += one.Count;
                var total = sum + one.Sum;
                lost += Math.Abs(sum) >= Math.Abs(one.Sum) ? sum - total + one.Sum : one.Sum - total + sum;
                sum = total;
            }

            var last = i - 1;
            rows.Add(points.Times[last], points.Ids[last], points.Values[last], points.X is null ? double.NaN : points.X[last], points.Y is null ? double.NaN : points.Y[last], 0);
            // What is too great for a sum stays so, as it would be without the correction.
            rows.Summarize(min, max, double.IsFinite(sum) ? sum + lost : sum, count);
        }

        return rows;
    }
}

namespace LiveDash.Core.Ingestion.Sources.Proc;

/// <summary>
/// A line of /proc/pressure/*: <c>some avg10=20.65 avg60=26.91 avg300=22.92 total=279205948</c>; the total is microseconds in which some, or all ("full"),
/// tasks waited. Immutable.
/// </summary>
internal readonly record struct ProcPressure(string Kind, long TotalMicroseconds)
{
    /// <summary>Reads the file.</summary>
    public static List<ProcPressure> Parse(ReadOnlySpan<byte> text)
    {
        var lines = new List<ProcPressure>();
        var file = new ProcText(text);
        while (file.NextLine(out var line))
        {
            var kind = line.Word();
            while (line.Until((byte)'=', out var name))
            {
                if (!name.SequenceEqual("total"u8))
                {
                    line.Word();
                    continue;
                }

                if (line.TryNumber(out long total)) lines.Add(new(ProcText.Text(kind), total));
            }
        }

        return lines;
    }
}

using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace LiveDash.Benchmarks.Proofs;

/// <summary>What a program wrote, synced and said, in order, as strace saw it (<c>-f -y -xx</c>). Immutable.</summary>
internal sealed partial class DiskTrace
{
    private DiskTrace(IReadOnlyList<DiskStep> steps) => Steps = steps;

    /// <summary>The steps.</summary>
    public IReadOnlyList<DiskStep> Steps { get; }

    /// <summary>Reads the output of strace; files outside the folder are left out.</summary>
    public static DiskTrace Read(string path, string folder)
    {
        var steps = new List<DiskStep>();
        var open = new Dictionary<string, DiskStep>(StringComparer.Ordinal);
        foreach (var line in File.ReadLines(path))
        {
            var thread = line[..Math.Max(line.IndexOf(' ', StringComparison.Ordinal), 0)];
            if (Resumed().IsMatch(line))
            {
                // A call that another thread interrupted: it is done now.
                if (open.Remove(thread, out var step) && Succeeded().IsMatch(line)) steps.Add(step);
                continue;
            }

            if (Parse(line, folder) is not { } parsed) continue;
            if (line.EndsWith("<unfinished ...>", StringComparison.Ordinal)) open[thread] = parsed;
            else if (Succeeded().IsMatch(line)) steps.Add(parsed);
        }

        return new DiskTrace(steps);
    }

    private static DiskStep? Parse(string line, string folder)
    {
        var call = Call().Match(line);
        if (!call.Success) return null;
        var (name, file) = (call.Groups["name"].Value, call.Groups["file"].Value);
        // The option that writes strings in hexadecimal does so with paths, too.
        if (file.StartsWith("\\x", StringComparison.Ordinal)) file = Encoding.UTF8.GetString(Bytes($"\"{file}\""));
        var rest = line[(call.Index + call.Length)..];
        // The runtime writes its output by a number of its own; what it says goes into a pipe.
        if (name == "write") return file.StartsWith("pipe:", StringComparison.Ordinal) && Encoding.ASCII.GetString(Bytes(rest)) is ['T' or 'A', ' ', ..] said ? new DiskStep(null, 0, null, said, false) : null;
        if (!file.StartsWith(folder + "/", StringComparison.Ordinal)) return null;
        file = Path.GetFileName(file);
        switch (name)
        {
            case "pwrite64":
                var numbers = Numbers().Match(rest);
                return numbers.Success ? new DiskStep(file, long.Parse(numbers.Groups[1].Value, CultureInfo.InvariantCulture), Bytes(rest), null, false) : null;
            case "ftruncate":
                var length = Length().Match(rest);
                return length.Success ? new DiskStep(file, long.Parse(length.Groups[1].Value, CultureInfo.InvariantCulture), null, null, false) : null;
            default:
                return new DiskStep(file, 0, null, null, true);
        }
    }

    private static byte[] Bytes(string rest)
    {
        var text = Text().Match(rest).Groups[1].Value;
        var bytes = new byte[text.Length / 4];
        for (var i = 0; i < bytes.Length; i++) bytes[i] = byte.Parse(text.AsSpan((i * 4) + 2, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return bytes;
    }

    [GeneratedRegex(@"(?<name>pwrite64|write|fdatasync|fsync|ftruncate)\(\d+<(?<file>[^>]*)>")]
    private static partial Regex Call();

    [GeneratedRegex(@"<\.\.\. (pwrite64|write|fdatasync|fsync|ftruncate) resumed>")]
    private static partial Regex Resumed();

    [GeneratedRegex(@"= \d+\s*$")]
    private static partial Regex Succeeded();

    [GeneratedRegex("\"([^\"]*)\"")]
    private static partial Regex Text();

    [GeneratedRegex(@", \d+, (\d+)(\)| <)")]
    private static partial Regex Numbers();

    [GeneratedRegex(@", (\d+)(\)| <)")]
    private static partial Regex Length();
}

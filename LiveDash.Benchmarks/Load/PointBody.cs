using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace LiveDash.Benchmarks.Load;

/// <summary>
/// A body of NDJSON points made once and sent many times: before each sending the times alone are written anew, in place, so that the loader
/// costs the cores it shares with the server as little as it can.
/// </summary>
internal sealed class PointBody
{
    private const int TimeDigits = 13;
    private readonly List<int> _timePlaces = [];

    /// <summary>Makes a body.</summary>
    /// <param name="points">How many lines.</param>
    /// <param name="series">Over how many series.</param>
    /// <param name="located">Whether each has a location.</param>
    /// <param name="seed">Decides the values.</param>
    public PointBody(int points, int series, bool located, int seed)
    {
        var random = new Random(seed);
        var text = new StringBuilder();
        for (var i = 0; i < points; i++)
        {
            var name = located ? "\"coords\"" : string.Create(CultureInfo.InvariantCulture, $"\"load.{i % series}\",\"tags\":{{\"host\":\"web{i % series % 7}\"}}");
            text.Append("{\"series\":").Append(name).Append(",\"t\":");
            _timePlaces.Add(text.Length);
            text.Append('0', TimeDigits).Append(CultureInfo.InvariantCulture, $",\"value\":{Math.Round(random.NextDouble() * 100, 2)}");
            if (located) text.Append(CultureInfo.InvariantCulture, $",\"pt\":[{Math.Round(random.NextDouble() * 50, 3)},{Math.Round(random.NextDouble() * 50, 3)}]");
            text.Append("}\n");
        }

        Bytes = Encoding.ASCII.GetBytes(text.ToString());
    }

    /// <summary>What is sent.</summary>
    public byte[] Bytes { get; }

    /// <summary>How many points are in it.</summary>
    public int Points => _timePlaces.Count;

    /// <summary>Writes new times: a millisecond for each point from <paramref name="firstMs"/> on, in epoch milliseconds of 13 digits.</summary>
    public void SetTimes(long firstMs)
    {
        for (var i = 0; i < _timePlaces.Count; i++) Utf8Formatter.TryFormat(firstMs + i, Bytes.AsSpan(_timePlaces[i], TimeDigits), out _);
    }
}

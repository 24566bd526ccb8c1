using LiveDash.Core.Model;

namespace LiveDash.Web.Api.Reading;

/// <summary>The states of series as a format writes them: each text is encoded once a series. Bounded by the words there are; not thread-safe.</summary>
/// <param name="catalog">Knows the words.</param>
/// <param name="encode">Writes a text as the format does.</param>
internal sealed class StateCells(SeriesCatalog catalog, Func<string, byte[]> encode)
{
    private readonly Dictionary<int, List<byte[]?>> _cells = [];
    private List<byte[]?>? _own;
    private StateWords? _words;

    /// <summary>Turns to another series.</summary>
    public void Select(int series)
    {
        _words = catalog.States.Find(catalog[series]);
        _own = null;
        if (_words is null || _cells.TryGetValue(series, out _own)) return;
        _cells[series] = _own = [];
    }

    /// <summary>The bytes of the state that a value of the series stands for; empty where it is a number.</summary>
    public ReadOnlySpan<byte> Of(double value)
    {
        if (_words is null || _words.TextOf(value) is not { } text) return default;
        var number = (int)value;
        while (_own!.Count <= number) _own.Add(null);
        return _own[number] ??= encode(text);
    }
}

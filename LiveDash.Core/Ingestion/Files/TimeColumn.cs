using System.Globalization;
using System.Text.RegularExpressions;

namespace LiveDash.Core.Ingestion.Files;

/// <summary>
/// Reads the times of one column, all in one format that is decided over its first cells and then held: a cell in another is refused, never guessed.
/// Times without a zone are UTC. Immutable; thread-safe.
/// </summary>
/// <param name="Format">The format; never <see cref="TimeFormat.Auto"/>.</param>
public sealed partial record TimeColumn(TimeFormat Format)
{
    private static readonly long s_excelEpoch = new DateTime(1899, 12, 30).Ticks;
    // ISO 8601 in its basic form.
    private static readonly string[] s_basic = ["yyyyMMdd'T'HHmmss'Z'", "yyyyMMdd'T'HHmmss", "yyyyMMdd'T'HHmmsszzz", "yyyyMMdd'T'HHmm'Z'", "yyyyMMdd'T'HHmm"];

    private static readonly string[] s_compact = ["yyyyMMdd", "yyyyMMddHHmm", "yyyyMMddHHmmss"];

    /// <summary>Decides.</summary>
    /// <param name="name">The column's name, for the question.</param>
    /// <param name="cells">Its first cells; empty ones say nothing.</param>
    /// <exception cref="ImportQuestionException">The cells can be read in more than one way.</exception>
    public static TimeColumn Decide(string name, IEnumerable<string> cells)
    {
        List<string> filled = [.. cells.Select(static cell => cell.Trim()).Where(static cell => cell.Length > 0)];
        if (filled.Count == 0) return new(TimeFormat.Iso);
        var numbers = filled.Select(Number).Where(static number => number is not null).Select(static number => number!.Value).ToList();
        if (numbers.Count * 2 > filled.Count) return new(OfNumbers(name, filled, numbers));
        var dates = filled.Select(static cell => DayAndMonth().Match(cell)).Where(static match => match.Success).ToList();
        return dates.Count * 2 <= filled.Count ? new(TimeFormat.Iso) : new(OfDates(name, dates));
    }

    /// <summary>Whether a cell is a date with day and month first, in whichever order.</summary>
    public static bool IsDayAndMonth(string cell) => DayAndMonth().IsMatch(cell);

    /// <summary>Reads one cell; false where it is not of the column's format.</summary>
    public bool TryRead(ReadOnlySpan<char> cell, long nowTicks, out long ticks)
    {
        ticks = 0;
        switch (Format)
        {
            case TimeFormat.S: return TryEpoch(cell, TimeSpan.TicksPerSecond, 1, out ticks);
            case TimeFormat.Ms: return TryEpoch(cell, TimeSpan.TicksPerMillisecond, 1, out ticks);
            case TimeFormat.Us: return TryEpoch(cell, TimeSpan.TicksPerMicrosecond, 1, out ticks);
            case TimeFormat.Ns: return TryEpoch(cell, 1, 100, out ticks);
            case TimeFormat.Excel: return TryExcel(cell, out ticks);
            case TimeFormat.Compact:
                var good = DateTime.TryParseExact(cell, s_compact, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date);
                ticks = date.Ticks;
                return good;
            case TimeFormat.Dmy or TimeFormat.Mdy when DayAndMonth().IsMatch(cell):
                return TryDate(cell, out ticks);
            default:
                return !DayAndMonth().IsMatch(cell) && TryIso(cell, nowTicks, out ticks);
        }
    }

    private static bool TryIso(ReadOnlySpan<char> cell, long nowTicks, out long ticks)
    {
        if (TimeText.TryParse(cell, nowTicks, out ticks)) return true;
        cell = cell.Trim();
        if ((cell.EndsWith(" UTC", StringComparison.Ordinal) || cell.EndsWith(" GMT", StringComparison.Ordinal)) && TimeText.TryParse(cell[..^4], nowTicks, out ticks)) return true;
        if (DateTime.TryParseExact(cell, s_basic, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var basic))
        {
            ticks = basic.Ticks;
            return true;
        }

        // What could be day or month first does not come here, and the framework would take a date without a year for one of this year, and a time alone for one of today.
        if (cell.Length > TimeText.MaxLength || !SaysAll().IsMatch(cell)) return false;
        if (!DateTime.TryParse(cell, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var date)) return false;
        ticks = date.Ticks;
        return true;
    }

    private static TimeFormat OfNumbers(string name, List<string> cells, List<double> numbers)
    {
        if (Most(cells, static cell => cell.Length == 4 && cell.All(char.IsAsciiDigit))) return TimeFormat.Iso;
        if (Most(cells, static cell => DateTime.TryParseExact(cell, s_compact, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && date.Year is >= 1900 and <= 2100)) return TimeFormat.Compact;
        foreach (var (format, from, to) in new[]
        {
            (TimeFormat.Excel, 2e4, 8e4), (TimeFormat.S, 1e8, 5e9), (TimeFormat.Ms, 1e11, 5e12), (TimeFormat.Us, 1e14, 5e15), (TimeFormat.Ns, 1e17, 5e18),
        })
        {
            if (Most(numbers, number => number >= from && number < to)) return format;
        }

        throw new ImportQuestionException("timeFormat",
            $"The numbers in the time column '{name}', such as {cells[0]}, can be no times for certain: say timeFormat=s, ms, us or ns for what they count since 1970, excel for days since 1899-12-30, or compact for yyyyMMdd.");
    }

    private static TimeFormat OfDates(string name, List<Match> dates)
    {
        var dayFirst = dates.Find(static date => First(date) > 12 && Second(date) <= 12);
        var monthFirst = dates.Find(static date => Second(date) > 12 && First(date) <= 12);
        if (dayFirst is not null && monthFirst is not null)
        {
            throw new ImportQuestionException("timeFormat",
                $"The time column '{name}' holds {dayFirst.Value}, which has the day first, and {monthFirst.Value}, which has the month first: say timeFormat=dmy or timeFormat=mdy, and the rows of the other form are refused.");
        }

        // 25-11-09 is as likely a year first: a year of two digits tells by itself only past 31.
        var isShort = dates.TrueForAll(static date => date.Groups["sep"].Value == "-" && date.Groups["y"].Length == 2 && int.Parse(date.Groups["y"].ValueSpan, CultureInfo.InvariantCulture) is >= 1 and <= 31);
        if (isShort && dates.TrueForAll(static date => Second(date) <= 12))
        {
            throw new ImportQuestionException("timeFormat",
                $"The times in column '{name}', such as {dates[0].Value}, can begin with a day, a month or a year of two digits: say timeFormat=dmy or timeFormat=mdy, or write years with four digits.");
        }

        if (dayFirst is not null) return TimeFormat.Dmy;
        if (monthFirst is not null) return TimeFormat.Mdy;
        // Nobody writes the month first with dots.
        if (dates.TrueForAll(static date => date.Groups["sep"].Value == ".")) return TimeFormat.Dmy;
        throw new ImportQuestionException("timeFormat",
            $"The times in column '{name}', such as {dates[0].Value}, can be day first or month first: say timeFormat=dmy or timeFormat=mdy.");
    }

    private static bool Most<T>(List<T> cells, Predicate<T> good) => cells.FindAll(good).Count * 10 >= cells.Count * 9;

    private static int First(Match date) => int.Parse(date.Groups["a"].ValueSpan, CultureInfo.InvariantCulture);

    private static int Second(Match date) => int.Parse(date.Groups["b"].ValueSpan, CultureInfo.InvariantCulture);

    private static double? Number(string cell) =>
        double.TryParse(cell.Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    private static bool TryEpoch(ReadOnlySpan<char> cell, long ticksPerUnit, long unitsPerTick, out long ticks)
    {
        ticks = 0;
        // decimal keeps all 19 digits of nanoseconds.
        Span<char> text = stackalloc char[32];
        if (cell.Length > text.Length) return false;
        cell.CopyTo(text);
        // A comma with fewer digits before it stands between thousands: 1,762684800 is no second and three quarters after 1970.
        if (cell.IndexOf(',') is >= 0 and var comma && comma - cell[..comma].IndexOfAnyInRange('0', '9') < 9) return false;
        text[..cell.Length].Replace(',', '.');
        if (!decimal.TryParse(text[..cell.Length], NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) || Math.Abs(number) > 1e19m) return false;
        var since = decimal.Floor(number * ticksPerUnit / unitsPerTick);
        var sum = since + DateTime.UnixEpoch.Ticks;
        if (sum < 0 || sum > DateTime.MaxValue.Ticks) return false;
        ticks = (long)sum;
        return true;
    }

    private static bool TryExcel(ReadOnlySpan<char> cell, out long ticks)
    {
        ticks = 0;
        Span<char> text = stackalloc char[32];
        if (cell.Length > text.Length) return false;
        cell.CopyTo(text);
        text[..cell.Length].Replace(',', '.');
        if (!double.TryParse(text[..cell.Length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var days) || days is < 1 or > 2_958_465) return false;
        // A double holds a day's fraction to a microsecond; whole milliseconds are meant.
        ticks = s_excelEpoch + ((long)Math.Round(days * 86_400_000) * TimeSpan.TicksPerMillisecond);
        return true;
    }

    private bool TryDate(ReadOnlySpan<char> cell, out long ticks)
    {
        ticks = 0;
        var match = DayAndMonth().Match(cell.ToString());
        var (day, month) = Format == TimeFormat.Dmy ? (First(match), Second(match)) : (Second(match), First(match));
        var yearText = match.Groups["y"].ValueSpan;
        var year = int.Parse(yearText, CultureInfo.InvariantCulture);
        if (yearText.Length == 2) year += year < 70 ? 2000 : 1900;
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)) return false;
        var rest = match.Groups["rest"].Value.Trim().TrimStart('T', ',').Trim();
        if (rest.Length == 0)
        {
            ticks = new DateTime(year, month, day).Ticks;
            return true;
        }

        if (!DateTime.TryParse($"{year:0000}-{month:00}-{day:00} {rest}", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var date)) return false;
        ticks = date.Ticks;
        return true;
    }

    // The year first, with slashes or dots; or the month by its name, with a year of four digits, or of two behind day and month.
    [GeneratedRegex(
        @"^\s*\d{4}([/.-])\d{1,2}\1\d{1,2}(\D|$)|^(?=.*\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b).*(?<![\d:.+]|[\d\s]-)\d{4}(?![\d:])|^\s*\d{1,2}(?<s>[/-])(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\k<s>\d{2}([ T]|$)",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex SaysAll();

    [GeneratedRegex(@"^\s*(?<a>\d{1,2})(?<sep>[/.-])(?<b>\d{1,2})\k<sep>(?<y>\d{4}|\d{2})(?<rest>[ T,].*)?$", RegexOptions.CultureInvariant)]
    private static partial Regex DayAndMonth();
}

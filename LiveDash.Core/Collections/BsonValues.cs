using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using LiveDash.Core.Ingestion;
using MongoDB.Bson;

namespace LiveDash.Core.Collections;

/// <summary>What values of BSON say, over their bytes. Stateless.</summary>
internal static class BsonValues
{
    private const long MinMilliseconds = -62_135_596_800_000;
    private const long MaxMilliseconds = 253_402_300_799_999;

    /// <summary>A number: int, long, double or Decimal128 (rounded to a double; beyond it becomes infinite).</summary>
    /// <returns>Null, or why it is none.</returns>
    public static RejectReason? Number(BsonType type, ReadOnlySpan<byte> value, out double number)
    {
        number = double.NaN;
        switch (type)
        {
            case BsonType.Double: number = BinaryPrimitives.ReadDoubleLittleEndian(value); break;
            case BsonType.Int32: number = BinaryPrimitives.ReadInt32LittleEndian(value); break;
            case BsonType.Int64: number = BinaryPrimitives.ReadInt64LittleEndian(value); break;
            case BsonType.Decimal128: number = Decimal(value); break;
            case BsonType.EndOfDocument: return RejectReason.MissingField;
            default: return RejectReason.BadValue;
        }

        return double.IsFinite(number) ? null : RejectReason.NotFinite;
    }

    /// <summary>A moment in UTC ticks: a Date, an ObjectId or Timestamp (whole seconds), or a number of a unit since 1970.</summary>
    /// <returns>Null, or why it is none.</returns>
    public static RejectReason? Time(BsonType type, ReadOnlySpan<byte> value, long ticksAUnit, int unitsATick, out long ticks)
    {
        ticks = 0;
        switch (type)
        {
            case BsonType.DateTime:
                var milliseconds = BinaryPrimitives.ReadInt64LittleEndian(value);
                // Dates of MongoDB reach beyond the year 9999, those of .NET do not.
                if (milliseconds is < MinMilliseconds or > MaxMilliseconds) return RejectReason.BadTime;
                ticks = DateTime.UnixEpoch.Ticks + (milliseconds * TimeSpan.TicksPerMillisecond);
                return null;
            case BsonType.ObjectId:
                ticks = DateTime.UnixEpoch.Ticks + (BinaryPrimitives.ReadUInt32BigEndian(value) * TimeSpan.TicksPerSecond);
                return null;
            case BsonType.Timestamp:
                ticks = DateTime.UnixEpoch.Ticks + ((BinaryPrimitives.ReadInt64LittleEndian(value) >>> 32) * TimeSpan.TicksPerSecond);
                return null;
            case BsonType.EndOfDocument:
                return RejectReason.MissingField;
        }

        if (Number(type, value, out var number) is not null) return RejectReason.BadTime;
        var whole = type == BsonType.Int64 ? BinaryPrimitives.ReadInt64LittleEndian(value) : 0;
        // Nanoseconds in a long are beyond what a double holds.
        var sum = type == BsonType.Int64 ? (Int128)whole * ticksAUnit / unitsATick : (Int128)(number * ticksAUnit / unitsATick);
        sum += DateTime.UnixEpoch.Ticks;
        if (sum < 0 || sum > DateTime.MaxValue.Ticks) return RejectReason.BadTime;
        ticks = (long)sum;
        return null;
    }

    /// <summary>A location: a GeoJSON Point, an array that begins with two numbers, or a document with lng and lat (or lon, longitude, x; latitude, y).</summary>
    /// <returns>Null, or why it is none.</returns>
    public static RejectReason? Location(BsonType type, ReadOnlySpan<byte> value, out double x, out double y)
    {
        (x, y) = (double.NaN, double.NaN);
        if (type == BsonType.EndOfDocument) return RejectReason.MissingField;
        if (type is not (BsonType.Array or BsonType.Document)) return RejectReason.BadValue;
        var elements = new BsonElements(value);
        if (type == BsonType.Document) return InDocument(elements, out x, out y);
        if (!elements.Next()) return RejectReason.BadValue;
        var first = Number(elements.Type, elements.Value, out x);
        if (!elements.Next()) return RejectReason.BadValue;
        return first ?? Number(elements.Type, elements.Value, out y);
    }

    /// <summary>A whole number that a point may have as its id.</summary>
    public static bool TryId(BsonType type, ReadOnlySpan<byte> value, out long id)
    {
        id = 0;
        if (type == BsonType.Int64) id = BinaryPrimitives.ReadInt64LittleEndian(value);
        else if (type == BsonType.Int32) id = BinaryPrimitives.ReadInt32LittleEndian(value);
        else if (type == BsonType.Double && BinaryPrimitives.ReadDoubleLittleEndian(value) is var real && real == Math.Floor(real) && Math.Abs(real) < 1L << 53) id = (long)real;
        else return false;
        return true;
    }

    /// <summary>A value as part of a name or a tag: a text, a number, a truth, an ObjectId; null for anything else.</summary>
    public static string? Text(BsonType type, ReadOnlySpan<byte> value) => type switch
    {
        BsonType.String => Encoding.UTF8.GetString(value[4..^1]),
        BsonType.Int32 => BinaryPrimitives.ReadInt32LittleEndian(value).ToString(CultureInfo.InvariantCulture),
        BsonType.Int64 => BinaryPrimitives.ReadInt64LittleEndian(value).ToString(CultureInfo.InvariantCulture),
        BsonType.Double => BinaryPrimitives.ReadDoubleLittleEndian(value).ToString(CultureInfo.InvariantCulture),
        BsonType.Boolean => value[0] != 0 ? "true" : "false",
        BsonType.ObjectId => Convert.ToHexStringLower(value),
        // A Guid as its bytes: which of its four orders they stand in, the document does not say.
        BsonType.Binary => value.Length <= 69 ? Convert.ToHexStringLower(value[5..]) : null,
        _ => null,
    };

    private static double Decimal(ReadOnlySpan<byte> value)
    {
        var number = Decimal128.FromIEEEBits(BinaryPrimitives.ReadUInt64LittleEndian(value[8..]), BinaryPrimitives.ReadUInt64LittleEndian(value));
        if (Decimal128.IsNaN(number)) return double.NaN;
        // Its own conversion throws beyond a double; a text reads as infinite.
        return double.Parse(number.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture);
    }

    private static RejectReason? InDocument(BsonElements elements, out double x, out double y)
    {
        (x, y) = (double.NaN, double.NaN);
        RejectReason? atX = RejectReason.MissingField, atY = RejectReason.MissingField;
        while (elements.Next())
        {
            if (elements.Name.SequenceEqual("coordinates"u8)) return elements.Type == BsonType.Array ? Location(BsonType.Array, elements.Value, out x, out y) : RejectReason.BadValue;
            if (IsX(elements.Name)) atX = Number(elements.Type, elements.Value, out x);
            else if (IsY(elements.Name)) atY = Number(elements.Type, elements.Value, out y);
        }

        return atX ?? atY;
    }

    private static bool IsX(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("lng"u8) || name.SequenceEqual("lon"u8) || name.SequenceEqual("longitude"u8) || name.SequenceEqual("x"u8);

    private static bool IsY(ReadOnlySpan<byte> name) => name.SequenceEqual("lat"u8) || name.SequenceEqual("latitude"u8) || name.SequenceEqual("y"u8);
}

using MongoDB.Bson;

namespace LiveDash.Tests.Shared.MongoDouble;

/// <summary>The filters that LiveDash sends, and no others: an operator it does not know is refused.</summary>
internal static class DoubleFilter
{
    /// <summary>The value at a dotted path; null where there is none.</summary>
    public static BsonValue? Get(BsonValue document, string path)
    {
        var value = document;
        foreach (var part in path.Split('.'))
        {
            if (value is BsonDocument inner && inner.TryGetValue(part, out var next)) value = next;
            else if (value is BsonArray list && int.TryParse(part, out var i) && i >= 0 && i < list.Count) value = list[i];
            else return null;
        }

        return value;
    }

    public static bool Matches(BsonDocument document, BsonDocument filter)
    {
        foreach (var element in filter)
        {
            var fits = element.Name switch
            {
                "$and" => element.Value.AsBsonArray.All(one => Matches(document, one.AsBsonDocument)),
                "$or" => element.Value.AsBsonArray.Any(one => Matches(document, one.AsBsonDocument)),
                "$nor" => !element.Value.AsBsonArray.Any(one => Matches(document, one.AsBsonDocument)),
                ['$', ..] => throw Refused(element.Name),
                _ => Fits(Get(document, element.Name), element.Value),
            };
            if (!fits) return false;
        }

        return true;
    }

    private static bool Fits(BsonValue? value, BsonValue condition)
    {
        if (condition is not BsonDocument { ElementCount: > 0 } operators || !operators.GetElement(0).Name.StartsWith('$')) return Equal(value, condition);
        return operators.All(one => one.Name switch
        {
            "$eq" => Equal(value, one.Value),
            "$ne" => !Equal(value, one.Value),
            "$gt" => Comparable(value, one.Value) && value!.CompareTo(one.Value) > 0,
            "$gte" => Comparable(value, one.Value) && value!.CompareTo(one.Value) >= 0,
            "$lt" => Comparable(value, one.Value) && value!.CompareTo(one.Value) < 0,
            "$lte" => Comparable(value, one.Value) && value!.CompareTo(one.Value) <= 0,
            "$in" => one.Value.AsBsonArray.Any(wanted => Equal(value, wanted)),
            "$nin" => !one.Value.AsBsonArray.Any(wanted => Equal(value, wanted)),
            "$exists" => (value is not null) == one.Value.ToBoolean(),
            "$not" => !Fits(value, one.Value),
            "$geoWithin" => value is not null && DoubleGeo.Within(value, one.Value.AsBsonDocument),
            _ => throw Refused(one.Name),
        });
    }

    private static bool Equal(BsonValue? value, BsonValue other) =>
        (value ?? BsonNull.Value).Equals(other) || (value is { IsNumeric: true } && other.IsNumeric && value.CompareTo(other) == 0)
        || (value is BsonArray list && other is not BsonArray && list.Contains(other));

    // As a server does: a comparison finds values of its own kind alone.
    private static bool Comparable(BsonValue? value, BsonValue other) => value is not null && (value.BsonType == other.BsonType || (value.IsNumeric && other.IsNumeric));

    private static MongoFault Refused(string name) => new(2, "BadValue", $"unknown operator: {name} (the double does not know it)");
}

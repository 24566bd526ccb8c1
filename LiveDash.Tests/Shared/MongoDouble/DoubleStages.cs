using MongoDB.Bson;

namespace LiveDash.Tests.Shared.MongoDouble;

/// <summary>The stages of a pipeline that LiveDash sends, and no others.</summary>
internal static class DoubleStages
{
    public static IEnumerable<BsonDocument> Run(IEnumerable<BsonDocument> rows, BsonArray pipeline)
    {
        foreach (var stage in pipeline) rows = Run(rows, stage.AsBsonDocument.GetElement(0));
        return rows;
    }

    private static IEnumerable<BsonDocument> Run(IEnumerable<BsonDocument> rows, BsonElement stage) => stage.Name switch
    {
        "$match" => rows.Where(d => DoubleFilter.Matches(d, stage.Value.AsBsonDocument)),
        "$sort" => DoubleUpdate.Sorted(rows, stage.Value.AsBsonDocument),
        "$skip" => rows.Skip(stage.Value.ToInt32()),
        "$limit" => rows.Take(stage.Value.ToInt32()),
        "$project" => rows.Select(d => DoubleUpdate.Projected(d, stage.Value.AsBsonDocument)),
        "$sample" => Sample([.. rows], stage.Value["size"].ToInt32()),
        "$count" => [new BsonDocument(stage.Value.AsString, rows.Count())],
        "$group" when stage.Value["_id"] is not BsonString && stage.Value.AsBsonDocument.ElementCount == 2 && stage.Value[1] is BsonDocument { ElementCount: 1 } sum
            && sum.GetElement(0) is { Name: "$sum", Value.IsNumeric: true } => Counted(rows, stage.Value.AsBsonDocument),
        _ => throw new MongoFault(40324, "Location40324", $"Unrecognized pipeline stage name: '{stage.Name}' (the double does not know it)"),
    };

    private static IEnumerable<BsonDocument> Sample(List<BsonDocument> rows, int size)
    {
        var random = new Random(1);
        return rows.Count <= size ? rows : [.. rows.OrderBy(_ => random.Next()).Take(size)];
    }

    private static IEnumerable<BsonDocument> Counted(IEnumerable<BsonDocument> rows, BsonDocument group)
    {
        var count = rows.Count();
        return count == 0 ? [] : [new BsonDocument { { "_id", group["_id"] }, { group.GetElement(1).Name, count * group[1][0].ToInt32() } }];
    }
}

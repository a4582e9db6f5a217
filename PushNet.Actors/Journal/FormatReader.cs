using System.Text;

namespace PushNet.Actors.Journal;

/// <summary>Reads the bytes of one format, old or new.</summary>
/// <param name="bytes">The bytes.</param>
/// <param name="format">Their format, from 1.</param>
internal sealed class FormatReader(Stream bytes, int format) : BinaryReader(bytes, Encoding.UTF8)
{
    /// <summary>The number of the next optional field of an object; <see cref="BinaryFields.End"/> behind the last one.</summary>
    public byte ReadField() => format >= BoardPayload.FirstWithOptionalFields ? ReadByte() : BinaryFields.End;

    /// <summary>Reads the end of an object that has no optional fields.</summary>
    public void EndFields()
    {
        if (ReadField() is not BinaryFields.End and var field)
        {
            throw Unknown(field);
        }
    }

    /// <summary>The error for an optional field that this version does not know.</summary>
    public static InvalidDataException Unknown(byte field) =>
        new($"optional field {field} was written by a later version of PushNet; this one does not know it");
}

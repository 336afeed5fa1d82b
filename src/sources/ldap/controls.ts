import { Ber, BerWriter, Control } from "ldapts";

/** Which parts of security descriptors to send (MS-ADTS 3.1.1.3.4.1.11). */
export class SdFlagsControl extends Control {
  readonly flags: number;

  constructor(flags: number) {
    super("1.2.840.113556.1.4.801", { critical: true });
    this.flags = flags;
  }

  override writeControl(writer: BerWriter): void {
    const value = new BerWriter();
    value.startSequence();
    value.writeInt(this.flags);
    value.endSequence();
    writer.writeBuffer(value.buffer, Ber.OctetString);
  }
}

/** Show what was deleted, and the container of it (MS-ADTS 3.1.1.3.4.1.14). */
export function showDeletedControl(): Control {
  return new Control("1.2.840.113556.1.4.417", { critical: true });
}

/** The responsibility matrix of the profile qms-service (Q2), as its people would draw it: nature, product line, department. */

export const natures = ['pre-sales', 'after-sales', 'technical', 'commercial', 'complaint'] as const
export const productLines = ['equipment', 'software', 'consumables'] as const

export const matrix: Readonly<Record<(typeof natures)[number], Readonly<Record<(typeof productLines)[number], string>>>> = {
  'pre-sales': { equipment: 'sales', software: 'sales', consumables: 'service-desk' },
  'after-sales': { equipment: 'tech-support', software: 'tech-support', consumables: 'service-desk' },
  technical: { equipment: 'tech-support', software: 'tech-support', consumables: 'tech-support' },
  commercial: { equipment: 'sales', software: 'sales', consumables: 'service-desk' },
  complaint: { equipment: 'quality', software: 'quality', consumables: 'quality' },
}
